import type { FastifyInstance } from 'fastify';

/**
 * Every route that Fastify answers, as `GET /api/needs/:id`, sorted; HEAD and OPTIONS left out. Read from the router's
 * own print-out, so that a route is found whatever registered it.
 */
export function routesOf(fastify: FastifyInstance): string[] {
  const routes: string[] = [];
  const path: string[] = [];
  for (const line of fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) continue;
    const depth = match[1]!.length / 4;
    path.length = depth;
    path[depth] = match[2]!.replace('(empty root node)', '');
    for (const method of match[3]?.split(', ') ?? []) {
      if (method !== 'HEAD' && method !== 'OPTIONS') routes.push(`${method} ${path.join('')}`);
    }
  }
  return routes.toSorted();
}

/** Routes of an OpenAPI document's paths, in the same writing. */
export function routesOfDocument(paths: Record<string, object>): string[] {
  const methods = ['get', 'post', 'put', 'patch', 'delete'];
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => methods.includes(key))
        .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    .toSorted();
}
