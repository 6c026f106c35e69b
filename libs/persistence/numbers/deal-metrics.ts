import { inPeriod, ofProgramme, shanghaiMidnight, type Metric, type Words } from './metric.js';

interface DealMetric {
  readonly code: string;
  readonly name: Words;
  readonly rule: Words;
  /** A column of the deal in yuan; left out, every deal counts 1. */
  readonly amount?: string;
  readonly at: string;
  readonly where: string;
}

const REACHED_INTENT = `(SELECT min(s.at) FROM deal_step s
  WHERE s.deal_id = d.id AND s.to_stage IN ('intent', 'negotiation', 'signed', 'paid'))`;
const FIRST_PAID = "(SELECT min(s.at) FROM deal_step s WHERE s.deal_id = d.id AND s.to_stage = 'paid')";
const SIGNED = "d.signed_on IS NOT NULL AND d.stage <> 'terminated'";
const SIGNED_AT = shanghaiMidnight('d.signed_on');

const dealMetric = ({ code, name, rule, amount, at, where }: DealMetric): Metric => ({
  code,
  kind: amount === undefined ? 'count' : 'amount',
  name,
  unit: amount === undefined ? { zh: '项', en: 'deals' } : { zh: '元', en: 'yuan' },
  rule,
  row: { zh: '对接', en: 'Deal' },
  additive: true,
  additiveByProgramme: true,
  rowsSql: (filter) => `
    SELECT d.id::text AS key, x.at, d.title, ent.name || ' × ' || ins.name AS organisation, pr.name AS programme,
           concat_ws(' · ', d.deal_no, d.contract_no) AS detail, ${amount ?? '1::numeric'} AS quantity,
           '/deals/' || d.id AS link
    FROM deal d CROSS JOIN LATERAL (SELECT ${at} AS at) x
    JOIN organisation ent ON ent.id = d.enterprise_id JOIN organisation ins ON ins.id = d.institute_id
    LEFT JOIN event e ON e.id = d.event_id LEFT JOIN programme pr ON pr.id = e.programme_id
    WHERE ${where} AND x.at IS NOT NULL AND ${inPeriod('x.at', filter)} AND ${ofProgramme('e.programme_id', filter)}`,
});

export const dealMetrics: readonly Metric[] = [
  dealMetric({
    code: 'intents',
    name: { zh: '达成意向', en: 'Intents' },
    rule: {
      zh: '首次进入“意向”或更后阶段的日期在统计期内的对接，每项计 1，之后终止的仍计。',
      en: 'Deals that first reached intent or a later stage in the period; those terminated since still count.',
    },
    at: REACHED_INTENT,
    where: 'true',
  }),
  dealMetric({
    code: 'contracts_signed',
    name: { zh: '签约项目', en: 'Contracts signed' },
    rule: {
      zh: '签约日期在统计期内且未终止的技术合同，每份计 1。',
      en: 'Technology contracts signed in the period and not terminated.',
    },
    at: SIGNED_AT,
    where: SIGNED,
  }),
  dealMetric({
    code: 'contract_amount',
    name: { zh: '成交额', en: 'Contract amount' },
    rule: {
      zh: '签约日期在统计期内且未终止的技术合同的成交额之和。',
      en: 'Sum of the contract amounts of technology contracts signed in the period and not terminated.',
    },
    amount: 'd.contract_amount',
    at: SIGNED_AT,
    where: SIGNED,
  }),
  dealMetric({
    code: 'technology_amount',
    name: { zh: '技术交易额', en: 'Technology amount' },
    rule: {
      zh: '签约日期在统计期内且未终止的技术合同的技术交易额之和；技术交易额是成交额中属于技术的部分。',
      en: 'Sum of the technology parts of contracts signed in the period and not terminated.',
    },
    amount: 'd.technology_amount',
    at: SIGNED_AT,
    where: SIGNED,
  }),
  dealMetric({
    code: 'paid_amount',
    name: { zh: '到款额', en: 'Paid amount' },
    rule: {
      zh: '统计期内登记到款的对接的到款额之和，按登记到款日期计。',
      en: 'Sum of the paid amounts of deals whose payment was recorded in the period.',
    },
    amount: 'd.paid_amount',
    at: FIRST_PAID,
    where: "d.stage = 'paid'",
  }),
];
