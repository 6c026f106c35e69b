import { connectClient } from '#libs/platform/database/connect-client.js';
import { demoData } from './demo-data.js';
import { DEMO_PASSWORD } from './load-people.js';

export interface DemoReport {
  readonly lines: readonly string[];
}

const COUNTS = `
  SELECT (SELECT count(*) FROM organisation)::int AS organisations,
         (SELECT count(*) FROM person)::int AS people,
         (SELECT count(*) FROM event)::int AS events,
         (SELECT count(*) FROM event WHERE state IN ('held', 'archived'))::int AS held_events,
         (SELECT count(*) FROM need WHERE request_kind = 'technology')::int AS needs,
         (SELECT count(*) FROM need WHERE request_kind = 'outreach')::int AS outreach,
         (SELECT count(*) FROM need WHERE request_kind = 'financing')::int AS financing,
         (SELECT count(*) FROM capability WHERE offer_kind = 'achievement')::int AS capabilities,
         (SELECT count(*) FROM capability WHERE offer_kind = 'expert')::int AS experts,
         (SELECT count(*) FROM capability WHERE offer_kind = 'lesson')::int AS lessons,
         (SELECT count(*) FROM capability WHERE offer_kind = 'finance-product')::int AS products,
         (SELECT count(*) FROM match WHERE state = 'current')::int AS matches,
         (SELECT count(*) FROM match WHERE mutual_at IS NOT NULL)::int AS mutual,
         (SELECT count(*) FROM registration WHERE status = 'confirmed')::int AS registrations,
         (SELECT coalesce(sum(head_count), 0) FROM check_in)::int AS heads,
         (SELECT count(*) FROM meeting WHERE status IN ('scheduled', 'held', 'no_show'))::int AS meetings,
         (SELECT count(*) FROM meeting WHERE status = 'held')::int AS held_meetings,
         (SELECT count(*) FROM notification WHERE method IS NOT NULL AND status = 'sent')::int AS invitations,
         (SELECT count(*) FROM notification WHERE status = 'sent' AND channel = 'mail')::int AS mails,
         (SELECT count(*) FROM deal WHERE stage IN ('signed', 'paid'))::int AS contracts,
         (SELECT coalesce(sum(contract_amount), 0) FROM deal WHERE stage IN ('signed', 'paid'))::text AS amount`;

/** What is in the demo bureau, counted from its rows, and who can sign in. */
export async function readReport(databaseUrl: string): Promise<DemoReport> {
  const client = await connectClient(databaseUrl);
  try {
    const { rows } = await client.query<Record<string, number | string>>(COUNTS);
    const n = rows[0]!;
    return {
      lines: [
        '',
        '演示数据 The demo bureau',
        `  机构 organisations ${n['organisations']} · 人员 people ${n['people']}`,
        `  活动 events ${n['events']} (已举办 held ${n['held_events']}) · 报名 registrations ${n['registrations']} · 签到人次 heads ${n['heads']}`,
        `  需求 needs ${n['needs']} · 成果 capabilities ${n['capabilities']} · 匹配 matches ${n['matches']} (双向意向 mutual ${n['mutual']})`,
        `  专家 experts ${n['experts']} · 科普课程 lessons ${n['lessons']} / 科普需求 requests ${n['outreach']} · 金融产品 products ${n['products']} / 融资需求 financing ${n['financing']}`,
        `  洽谈 meetings ${n['meetings']} (已举行 held ${n['held_meetings']}) · 日历邀请 invitations ${n['invitations']} · 邮件 mails ${n['mails']}`,
        `  合同 contracts ${n['contracts']}, 成交额 CNY ${n['amount']}`,
        '',
        `演示账号 Demo accounts, password ${DEMO_PASSWORD}`,
        ...accounts().map(([role, email]) => `  ${role.padEnd(28)} ${email}`),
      ],
    };
  } finally {
    await client.end();
  }
}

/** One account per role. */
function accounts(): [string, string][] {
  const kindOf = new Map(demoData.organisations.map((organisation) => [organisation.key, organisation.kind]));
  const withRole = (role: string) => demoData.people.find((person) => person.platformRoles.includes(role));
  const needAuthor = demoData.people.find((person) => person.key === demoData.needs[0]!.author);
  const capabilityAuthor = demoData.people.find((person) => person.key === demoData.capabilities[0]!.author);
  const teacher = demoData.people.find((person) =>
    person.organisations.some(({ key }) => kindOf.get(key) === 'school'),
  );
  const rows: [string, { email: string } | undefined][] = [
    ['管理员 administrator', withRole('administrator')],
    ['组织者 organizer', withRole('organizer')],
    ['技术经理人 broker', withRole('broker')],
    ['企业服务专员 service officer', withRole('service_officer')],
    ['企业 enterprise', needAuthor],
    ['院所 institute', capabilityAuthor],
    ['学校 school', teacher],
    [
      '参会者 attendee',
      demoData.people.find(
        (person) => person.organisations.length === 0 && person.platformRoles.length === 0,
      ),
    ],
  ];
  return rows.flatMap(([role, person]): [string, string][] =>
    person === undefined ? [] : [[role, person.email]],
  );
}
