/** `perMinute` messages a minute to a group of mail domains that one provider runs. */
export interface PaceRule {
  readonly domains: readonly string[];
  readonly perMinute: number;
}

/** Who runs the mailboxes of an address. */
export interface MailProvider {
  /** Names it everywhere and always, whatever the order of its domains in the rules. */
  readonly key: string;
  readonly domains: readonly string[];
  /** Milliseconds between two messages; null = there is no rule for it. */
  readonly stepMs: number | null;
}

/** The providers that rules name; every other domain is its own. */
export class MailProviders {
  private readonly byDomain = new Map<string, MailProvider>();

  constructor(rules: readonly PaceRule[]) {
    for (const { domains, perMinute } of rules) {
      const provider = { key: domains.toSorted().join('+'), domains, stepMs: 60_000 / perMinute };
      for (const domain of domains) this.byDomain.set(domain, provider);
    }
  }

  of(address: string): MailProvider {
    const domain = domainOf(address);
    return this.byDomain.get(domain) ?? { key: domain, domains: [domain], stepMs: null };
  }

  /** The domains of a provider by its key, also of one that no rule names any more. */
  domainsOf(key: string): readonly string[] {
    return key.split('+');
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

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
