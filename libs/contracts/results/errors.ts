import type { ErrorText } from '../error-text.js';

export const resultErrors = {
  'deal.sides-unknown': {
    status: 409,
    zh: '该匹配的需求或成果还没有归属单位，无法登记对接。请先补充归属单位。',
    en: 'The need or the capability of this match belongs to no organisation yet: say whose it is, then record the deal.',
  },
  'deal.not-mutual': {
    status: 409,
    zh: '双方还没有互相表示意向，暂不能登记对接。请先在匹配页表达意向并等待对方回复。',
    en: 'Both sides have to express interest before a deal can be recorded: answer the match and wait for the other side.',
  },
  'deal.exists': {
    status: 409,
    zh: '该匹配已登记过对接（编号 {dealNo}），请在原记录上继续。',
    en: 'A deal was already recorded for this ({dealNo}): go on with that one.',
  },
  'deal.step-not-possible': {
    status: 409,
    zh: '对接的当前阶段不能进行此操作，可能已被他人推进。请刷新后查看。',
    en: 'This step is not possible in the present stage; somebody may have moved the deal on. Reload and look again.',
  },
  'deal.no-contract': {
    status: 409,
    zh: '该对接还没有签约，没有可更正的金额。',
    en: 'This deal has no contract yet, so there are no amounts to correct.',
  },
  'evidence.no-file': {
    status: 400,
    zh: '没有收到文件，请选择一个文件后重新上传。',
    en: 'No file arrived: choose one and upload it again.',
  },
  'evidence.kind-refused': {
    status: 415,
    zh: '只接受 PDF、PNG、JPG、DOCX、XLSX 文件，且文件内容须与扩展名一致。“{name}”不符合要求。',
    en: 'Only PDF, PNG, JPG, DOCX and XLSX files are accepted, and the content has to be what the extension says. “{name}” is not.',
  },
  'evidence.too-many': {
    status: 409,
    zh: '每个对接最多保存 {limit} 份佐证材料，请先删除不需要的文件。',
    en: 'A deal keeps at most {limit} evidence files: delete some that are not needed first.',
  },
  'meeting.not-started': {
    status: 409,
    zh: '洽谈尚未开始，开始后才能登记结果。',
    en: 'The meeting has not started yet: its outcome can be recorded from its start on.',
  },
  'meeting.no-outcome-possible': {
    status: 409,
    zh: '该洽谈未排定或已取消，不能登记结果。',
    en: 'This meeting is not scheduled or was cancelled, so it has no outcome to record.',
  },
  'meeting.outcome-recorded': {
    status: 409,
    zh: '结果已经登记。如有误，请联系活动组织方更正。',
    en: 'The outcome is recorded already. If it is wrong, ask the organizers to correct it.',
  },
  'meeting.follow-up-too-early': {
    status: 409,
    zh: '请先登记洽谈是否举行，再填写跟进意见。',
    en: 'Record first whether the meeting took place, then write the follow-up.',
  },
  'need.accept-only-owner': {
    status: 403,
    zh: '只有提出该需求的单位能够确认需求已解决，管理员和组织方也不能代为确认。',
    en: 'Only the organisation that raised the need can accept it as solved; nobody else can, not even an administrator.',
  },
  'need.accept-not-contracted': {
    status: 409,
    zh: '需求处于已签约状态时才能确认解决。请先在对接中登记签约。',
    en: 'A need is accepted as solved once it is contracted: record the signed contract in its deal first.',
  },
  'need.accepted-already': {
    status: 409,
    zh: '该需求已经确认解决，不需要重复确认。',
    en: 'This need was accepted as solved before.',
  },
  'number.unknown': {
    status: 404,
    zh: '没有这项统计指标，请从统计看板重新进入。',
    en: 'There is no such number: start again from the dashboard.',
  },
} as const satisfies Record<string, ErrorText>;
