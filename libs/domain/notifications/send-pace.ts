/** `perMinute` messages a minute to a group of mail domains that one provider runs. */
export interface PaceRule {
  readonly domains: readonly string[];
  readonly perMinute: number;
}

/**
 * Hands out the times at which messages may leave, per provider: the virtual scheduling form of the generic cell rate
 * algorithm (ITU-T I.371 §A.1) with a burst of `burst` messages. Domains without a rule leave at once.
 */
export class SendPace {
  private readonly groupOf = new Map<
    string,
    { readonly stepMs: number; nextAt: number; pausedUntil: number }
  >();
  private readonly slots = new Map<string, number>();

  constructor(
    rules: readonly PaceRule[],
    private readonly burst = 5,
  ) {
    for (const rule of rules) {
      const group = { stepMs: 60_000 / rule.perMinute, nextAt: 0, pausedUntil: 0 };
      for (const domain of rule.domains) this.groupOf.set(domain, group);
    }
  }

  /**
   * When message `id` may leave, in milliseconds; `now` or earlier = now. A message that was told a later time keeps it
   * and may leave then.
   */
  slotFor(id: string, address: string, now: number): number {
    const group = this.groupOf.get(domainOf(address));
    if (group === undefined) return now;
    const kept = this.slots.get(id);
    if (kept !== undefined) {
      const at = Math.max(kept, group.pausedUntil);
      if (at <= now) this.slots.delete(id);
      else this.slots.set(id, at);
      return at;
    }
    const earliest = Math.max(group.nextAt, now - (this.burst - 1) * group.stepMs);
    group.nextAt = earliest + group.stepMs;
    const at = Math.max(earliest, group.pausedUntil);
    if (at <= now) return now;
    this.slots.set(id, at);
    return at;
  }

  /** The provider said that we are too fast: nothing goes there until `until`, in milliseconds. */
  pause(address: string, until: number): void {
    const domain = domainOf(address);
    const group = this.groupOf.get(domain) ?? { stepMs: 0, nextAt: 0, pausedUntil: 0 };
    group.pausedUntil = Math.max(group.pausedUntil, until);
    this.groupOf.set(domain, group);
  }

  /** Until when nothing goes to the provider of an address, in milliseconds; 0 = it is not paused. */
  pausedUntil(address: string): number {
    return this.groupOf.get(domainOf(address))?.pausedUntil ?? 0;
  }

  /** Domains to which nothing may be sent at `now`. */
  pausedDomains(now: number): string[] {
    return [...this.groupOf].flatMap(([domain, group]) => (group.pausedUntil > now ? [domain] : []));
  }
}

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** `qq.com+foxmail.com=60, 163.com=30`: messages a minute. @throws Error naming the part that does not read so */
export function readPaceRules(text: string): PaceRule[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [domains = '', rate = ''] = part.split('=');
      const perMinute = Number(rate);
      if (!/^[a-z0-9.+-]+$/i.test(domains) || !(perMinute > 0))
        throw new Error(`${part} is not of the form domain[+domain]=messages-per-minute`);
      return { domains: domains.toLowerCase().split('+'), perMinute };
    });
}
