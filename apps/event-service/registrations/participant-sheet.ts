import type { ParticipantRow } from '#libs/contracts/registrations/organizer.js';
import type {
  Answers,
  FormQuestionView,
  RegistrationStatusCode,
} from '#libs/contracts/registrations/registration.js';
import type { EventHead } from './participants.js';
import { sheetTime, writeSheet, type SheetColumn } from './workbook.js';

const STATUS: Record<RegistrationStatusCode, string> = {
  pending: '待审核',
  confirmed: '已确认',
  waitlisted: '候补中',
  offered: '候补待确认',
  rejected: '未通过',
  cancelled: '已取消',
  expired: '已过期',
};

/** The list of registrations with a column per question. */
export function participantSheet(head: EventHead, rows: readonly ParticipantRow[]): Promise<Buffer> {
  const columns: SheetColumn<ParticipantRow>[] = [
    { header: '序号', width: 6, value: (_, index) => index + 1 },
    { header: '姓名', width: 12, value: (row) => row.name },
    { header: '单位', width: 28, value: (row) => row.organisation },
    { header: '邮箱', width: 28, value: (row) => row.email },
    { header: '电话', width: 16, value: (row) => row.phone },
    { header: '状态', width: 12, value: (row) => STATUS[row.status] },
    { header: '人数', width: 8, value: (row) => row.groupSize },
    { header: '候补顺位', width: 10, value: (row) => row.position },
    ...head.questions.map((question) => ({
      header: question.zh,
      width: 20,
      value: (row: ParticipantRow) => answerText(question, row.answers[question.key]),
    })),
    { header: '备注', width: 24, value: (row) => row.note },
    { header: '报名时间', width: 18, value: (row) => sheetTime(row.createdAt) },
    { header: '签到时间', width: 18, value: (row) => sheetTime(row.checkedInAt) },
  ];
  return writeSheet('报名名单', columns, rows, `${head.event.title} 报名名单`);
}

function answerText(question: FormQuestionView, value: Answers[string] | undefined): string | number | null {
  const word = (option: unknown) =>
    question.options.find((item) => item.value === option)?.zh ?? String(option);
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map(word).join('、');
  if (typeof value === 'number') return value;
  return question.kind === 'choice' ? word(value) : value;
}
