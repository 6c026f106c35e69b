import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import type { DemoStage } from './demo-stage.js';
import type { PlayedMeeting } from './play-matchmaking.js';

interface Contract {
  readonly kind: string;
  readonly amount: string;
  readonly technology: string;
  readonly paid: string | null;
}

/** The two contracts of the demo; the first is paid and its need accepted as solved. */
const CONTRACTS: readonly Contract[] = [
  { kind: 'development-commissioned', amount: '1860000.00', technology: '1520000.00', paid: '744000.00' },
  { kind: 'licence', amount: '980000.00', technology: '980000.00', paid: null },
];

/** What came of the meetings: two signed contracts with evidence, others under way, one solved need. */
export async function playResults(stage: DemoStage, meetings: readonly PlayedMeeting[]): Promise<void> {
  const different = meetings.filter(
    (meeting, index) => meetings.findIndex((other) => other.needId === meeting.needId) === index,
  );
  for (const [index, meeting] of different.slice(0, 8).entries()) {
    stage.go(stage.at(-4, '09:30'));
    const deal = await stage.post<{ id: string }>(meeting.enterprisePerson, '/deals', {
      meetingId: meeting.id,
    });
    await playDeal(stage, meeting, deal.id, index);
    stage.progress(index + 1, Math.min(8, different.length), '成果 results');
  }
}

async function playDeal(
  stage: DemoStage,
  meeting: PlayedMeeting,
  dealId: string,
  index: number,
): Promise<void> {
  const step = (body: Record<string, unknown>) =>
    stage.post(meeting.enterprisePerson, `/deals/${dealId}/transitions`, body);
  if (index === 7) return;
  await step({ action: 'record_intent', note: '双方签署合作意向' });
  if (index >= 5) return;
  await step({ action: 'negotiate', note: '就指标、周期与知识产权归属洽谈' });
  if (index === 4) await step({ action: 'stall', note: '企业内部立项流程未完成，下季度再议' });
  const contract = CONTRACTS[index];
  if (contract === undefined) return;
  const signed = stage.at(-2, '15:00');
  stage.go(signed);
  await step({
    action: 'sign',
    note: '在区科技局见证下签约',
    contractKind: contract.kind,
    contractNo: `DEMO-HT-${index + 1}`,
    signedOn: shanghaiDay(signed),
    contractAmount: contract.amount,
    technologyAmount: contract.technology,
  });
  await stage.upload(meeting.enterprisePerson, `/deals/${dealId}/evidence`, {
    name: `技术合同-${index + 1}.pdf`,
    type: 'application/pdf',
    bytes: contractPdf(index + 1, contract),
  });
  if (contract.paid === null || meeting.needId === null) return;
  stage.go(stage.at(-1, '11:00'));
  await step({ action: 'record_payment', note: '首付款到账', paidAmount: contract.paid });
  await stage.post(meeting.enterprisePerson, `/needs/${meeting.needId}/acceptance`, {
    statement: '样机在现场连续运行达到全部约定指标，确认需求已解决。',
    dealId,
  });
}

/** A one-page PDF that says what it is. */
function contractPdf(number: number, contract: Contract): Uint8Array<ArrayBuffer> {
  const text = `BT /F1 18 Tf 72 740 Td (Demo contract ${number}: CNY ${contract.amount}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}
