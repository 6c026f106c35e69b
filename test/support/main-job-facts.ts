const DAY = 86_400_000;
const STARTED = Date.now();
/** `days` after today at `time` (Asia/Shanghai), as an ISO instant. */
export const at = (days: number, time: string): string => {
  const date = new Date(STARTED + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 10);
  return new Date(`${date}T${time}:00+08:00`).toISOString();
};
/** The day of an instant in Asia/Shanghai. */
export const dayOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

export const NEED = {
  title: '近海养殖网箱水下机器人定位',
  problem: '浑浊海水中声学定位误差大，巡检时机器人会撞网。',
  keyTech: '声呐与惯性导航紧耦合的水下定位',
  expectedGoal: '悬停误差减半，连续巡检两小时',
  keywords: ['水下机器人', '紧耦合导航'],
  needKind: 'rd',
  solveModes: ['joint'],
  activityType: 'applied-research',
  fields: ['08.08'],
  regionCode: '440115',
  trlScheme: 'trl-gbt22900',
  targetTrl: 7,
  budgetMinWan: 50,
  budgetMaxWan: 80,
  contactName: '林工',
  contactPhone: '13800000001',
  contactEmail: 'lin@enterprise.example',
  disclosure: 'redacted',
  publicSummary: '养殖网箱巡检需要更准的水下定位',
  indicators: [
    { name: '定位精度', comparator: 'le', value: 0.05, valueHigh: null, unit: 'm', raw: '定位精度≤0.05m' },
    { name: '工作深度', comparator: 'ge', value: 100, valueHigh: null, unit: 'm', raw: '工作深度≥100m' },
  ],
};

export const CAPABILITY = {
  title: '水下机器人紧耦合导航定位系统',
  abstract: '声呐与惯性导航融合的水下机器人定位，适用于浑浊海水',
  keyTech: '紧耦合导航、声呐惯性融合',
  keywords: ['水下机器人', '紧耦合导航'],
  kind: 'applied-technology',
  form: 'new-technology',
  stage: 'pilot',
  fields: ['08.08'],
  regionCode: '440115',
  trlScheme: 'trl-gbt22900',
  trl: 8,
  transferModes: ['development-joint'],
  priceNegotiable: true,
  contactName: '陈研究员',
  contactEmail: 'chen@institute.example',
  disclosure: 'public',
  indicators: [
    { name: '定位精度', comparator: 'le', value: 0.03, valueHigh: null, unit: 'm', raw: '定位精度≤3cm' },
    { name: '工作深度', comparator: 'ge', value: 300, valueHigh: null, unit: 'm', raw: '工作深度≥300m' },
  ],
};

/** What the story amounts to, by metric. */
export const NUMBERS = {
  events_held: '1',
  organisations_participating: '3',
  organisation_visits: '3',
  attendances: '3',
  people: '3',
  meetings_held: '1',
  needs_collected: '1',
  needs_published: '1',
  needs_matched: '1',
  needs_accepted: '1',
  intents: '1',
  contracts_signed: '1',
  contract_amount: '1200000.50',
  technology_amount: '800000.00',
  paid_amount: '360000.15',
};
export type NumberCode = keyof typeof NUMBERS;

/** Title, quantity and detail of the rows behind every number. */
export function rowsBehind(numbers: {
  readonly needNo: string;
  readonly dealNo: string;
}): Record<NumberCode, string[][]> {
  const event = '海洋装备对接会';
  const people = ['何老师', '林工', '陈研究员'];
  const organisations = ['南沙海洋装备有限公司', '海洋导航研究院', '湾区理工大学'];
  const need = [[NEED.title, '1', numbers.needNo]];
  const deal = (quantity: string) => [[NEED.title, quantity, `${numbers.dealNo} · HT-1`]];
  return {
    events_held: [[event, '1', '3']],
    organisations_participating: organisations.map((name) => [name, '1', '1']),
    organisation_visits: organisations.map((name) => [name, '1', event]),
    attendances: people.map((name) => [name, '1', event]),
    people: people.map((name) => [name, '1', '1']),
    meetings_held: [['南沙海洋装备有限公司 × 海洋导航研究院', '1', event]],
    needs_collected: need,
    needs_published: need,
    needs_matched: need,
    needs_accepted: need,
    intents: deal('1'),
    contracts_signed: deal('1'),
    contract_amount: deal('1200000.50'),
    technology_amount: deal('800000.00'),
    paid_amount: deal('360000.15'),
  };
}

/** Name, value and unit as the first sheet of the export lists them, in its order. */
export const NUMBER_LINES = [
  ['举办活动', 1, '场'],
  ['参与单位', 3, '家'],
  ['单位参与', 3, '家次'],
  ['参与人次', 3, '人次'],
  ['参与人数', 3, '人'],
  ['一对一洽谈', 1, '场次'],
  ['征集需求', 1, '项'],
  ['发布需求', 1, '项'],
  ['达成互选', 1, '项'],
  ['解决需求', 1, '项'],
  ['达成意向', 1, '项'],
  ['签约项目', 1, '项'],
  ['成交额', 1_200_000.5, '元'],
  ['技术交易额', 800_000, '元'],
  ['到款额', 360_000.15, '元'],
];

/** Every mail of each person until the event, as `mailLines` writes them. */
export function mailsOfTheStory(): Record<'enterprise' | 'institute' | 'teacher' | 'student', string[]> {
  const before = `${at(10, '14:00')}/${at(10, '18:00')}`;
  const secondAfter = `${at(10, '15:20')}/${at(10, '15:40')}`;
  const joined = ['verify-email', 'organisation-verified'];
  const toEvent = [
    'registration-pending',
    `invitation-request REQUEST 0 event ${before}`,
    `invitation-update REQUEST 1 event ${at(10, '15:00')}/${at(10, '19:00')}`,
  ];
  const toMeeting = [
    'match-mutual',
    `invitation-request REQUEST 0 meeting ${at(10, '14:00')}/${at(10, '14:20')}`,
    `invitation-update REQUEST 1 meeting ${at(10, '15:00')}/${at(10, '15:20')}`,
  ];
  const toSecond = [
    `invitation-request REQUEST 0 second meeting ${at(10, '14:20')}/${at(10, '14:40')}`,
    `invitation-update REQUEST 1 second meeting ${secondAfter}`,
    `invitation-cancel CANCEL whole 2 second meeting ${secondAfter}`,
  ];
  const waiting = ['registration-waitlisted', 'registration-offer'];
  return {
    enterprise: [
      ...joined,
      'need-returned',
      'need-published',
      ...toEvent,
      ...toMeeting,
      ...toSecond,
    ].toSorted(),
    institute: [...joined, 'capability-published', ...toEvent, ...toMeeting].toSorted(),
    teacher: [...joined, 'capability-published', ...waiting, ...toEvent, ...toSecond].toSorted(),
    student: [
      'verify-email',
      'registration-pending',
      `invitation-request REQUEST 0 event ${before}`,
      // Only the guest is uninvited: the event goes on.
      `invitation-cancel CANCEL 1 event ${before}`,
    ].toSorted(),
  };
}
