import { useSearchParams } from 'react-router';

/** Filters that live in the address, so that reloading, going back and sharing keep them. */
export function useQueryParams() {
  const [params, setParams] = useSearchParams();
  return {
    get: (name: string) => params.get(name) ?? '',
    all: (name: string) => params.getAll(name),
    page: Math.max(1, Number(params.get('page')) || 1),
    /** Replaces the named values; the page goes back to 1 unless it is among them. */
    change: (values: Record<string, string | number | readonly string[] | null>) => {
      const next = new URLSearchParams(params);
      next.delete('page');
      for (const [name, value] of Object.entries(values)) {
        next.delete(name);
        const items = Array.isArray(value) ? value : [value];
        for (const item of items) if (item !== null && item !== '') next.append(name, String(item));
      }
      setParams(next);
    },
  };
}
