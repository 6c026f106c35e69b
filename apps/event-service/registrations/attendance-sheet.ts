import type { Attendance, AttendeeRow } from '#libs/contracts/registrations/check-in.js';
import type { EventBrief } from '#libs/contracts/registrations/registration.js';
import { sheetTime, writeSheet } from './workbook.js';

/** The 签到表 of an event: one row per confirmed registration, present or not. */
export function attendanceSheet(
  event: EventBrief,
  rows: readonly AttendeeRow[],
  attendance: Attendance,
): Promise<Buffer> {
  const title =
    `${event.title} 签到表（${sheetTime(event.startsAt)}，应到 ${attendance.confirmedHeads} 人，` +
    `实到 ${attendance.checkedInHeads} 人）`;
  return writeSheet<AttendeeRow>(
    '签到表',
    [
      { header: '序号', width: 6, value: (_, index) => index + 1 },
      { header: '姓名', width: 12, value: (row) => row.name },
      { header: '单位', width: 30, value: (row) => row.organisation },
      { header: '电话', width: 16, value: (row) => row.phone },
      { header: '报名人数', width: 10, value: (row) => row.groupSize },
      { header: '实到人数', width: 10, value: (row) => row.headCount },
      { header: '出席', width: 8, value: (row) => (row.checkedInAt === null ? '缺席' : '出席') },
      { header: '签到时间', width: 18, value: (row) => sheetTime(row.checkedInAt) },
      { header: '票号', width: 14, value: (row) => row.ticketCode },
    ],
    rows,
    title,
  );
}
