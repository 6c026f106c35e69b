/** Why two organisations are kept apart: they compete, are in dispute, or one of them asked for it. */
export type BlockKind = 'competitor' | 'dispute' | 'other';

/** A block in force between the need's organisation and another one; it works in both directions. */
export interface OrganisationBlock {
  readonly kind: BlockKind;
  /** Organisation that stated it; disputes are recorded by the organizers. */
  readonly statedBy: string;
}

/** A stated limit of open mutual pairs that is reached. */
export interface ReachedLimit {
  readonly limit: number;
  readonly open: number;
}

/** What is the same for every need: state of the capabilities that their documents do not tell. By id. */
export interface SharedRules {
  readonly pausedCapabilities: ReadonlySet<string>;
  /** 不公开: never matched. */
  readonly closedCapabilities: ReadonlySet<string>;
  /** 定向: matched only with organisations they were granted to. */
  readonly directedCapabilities: ReadonlySet<string>;
  readonly fullCapabilities: ReadonlyMap<string, ReachedLimit>;
  readonly fullOrganisations: ReadonlyMap<string, ReachedLimit>;
  /** Of experts who state how many talks they can hold at a time: how many are open. */
  readonly openTalks?: ReadonlyMap<string, ReachedLimit>;
  /** Near-identical capabilities share a value; a capability without a twin is left out. */
  readonly capabilityClusters: ReadonlyMap<string, string>;
}

/** What decides, beside the two records, whether they may be paired. Plain data: it can be posted to a thread. */
export interface PairRules {
  readonly shared: SharedRules;
  readonly needPaused: boolean;
  readonly needClosed: boolean;
  /** Organisations a 定向 need was granted to; null when the need is not directed. */
  readonly needDirectedTo: ReadonlySet<string> | null;
  /** Other organisations of the group of the need's organisation. */
  readonly groupOrganisations: ReadonlySet<string>;
  /** By the other organisation. */
  readonly blocks: ReadonlyMap<string, OrganisationBlock>;
  /** Directed capabilities that were granted to the need's organisation. */
  readonly grantedCapabilities: ReadonlySet<string>;
  /** Capabilities with which interest in this need was voiced already: a reached limit does not end those. */
  readonly engagedCapabilities: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export const NO_SHARED_RULES: SharedRules = {
  pausedCapabilities: NONE,
  closedCapabilities: NONE,
  directedCapabilities: NONE,
  fullCapabilities: new Map(),
  fullOrganisations: new Map(),
  capabilityClusters: new Map(),
};

/** For callers that know nothing but the two records. */
export const NO_RULES: PairRules = {
  shared: NO_SHARED_RULES,
  needPaused: false,
  needClosed: false,
  needDirectedTo: null,
  groupOrganisations: NONE,
  blocks: new Map(),
  grantedCapabilities: NONE,
  engagedCapabilities: NONE,
};
