import type { ErrorText } from '../error-text.js';

export const meetingErrors = {
  'meeting.no-slots': {
    status: 409,
    zh: '“{event}”没有设置一对一洽谈的时段或洽谈桌。请先在活动编辑页设置时段长度、起止时间和洽谈桌。',
    en: '“{event}” has no slots or tables for 1:1 meetings: set the slot length, the window and the tables first.',
  },
  'meeting.event-not-open': {
    status: 409,
    zh: '“{event}”未发布、已取消或已结束，不能发布洽谈日程。请先发布活动。',
    en: '“{event}” is not published, is cancelled or over: its timetable cannot be published.',
  },
  'meeting.event-over': {
    status: 409,
    zh: '“{event}”已取消或已结束，不能再安排洽谈。',
    en: '“{event}” is cancelled or over: its meetings can no longer be changed.',
  },
  'meeting.not-registered': {
    status: 409,
    zh: '{name} 在本活动没有以单位名义确认的报名，不能安排洽谈。请先在报名名单中添加。',
    en: '{name} has no confirmed registration for an organisation at this event: add the registration first.',
  },
  'meeting.same-side': {
    status: 400,
    zh: '洽谈双方须是不同单位的两个人。',
    en: 'A meeting needs two people of two different organisations.',
  },
  'meeting.exists': {
    status: 409,
    zh: '{enterprise} 与 {institute} 在本活动已有一场洽谈，无需重复添加。',
    en: '{enterprise} and {institute} already have a meeting at this event.',
  },
  'meeting.beyond-maxima': {
    status: 409,
    zh: '超出场次上限：{limits}。确认超出后可以添加。',
    en: 'Beyond what they may have: {limitsEn}. It can be added if you confirm that.',
  },
  'meeting.only-requested': {
    status: 409,
    zh: '这场洽谈已排定或已结束，不能删除。如不再进行，请取消并说明原因，双方会收到通知。',
    en: 'This meeting is scheduled or over and cannot be removed. Cancel it with a reason instead: both sides are told.',
  },
  'meeting.nothing-to-lock': {
    status: 409,
    zh: '这场洽谈还没有时段和洽谈桌，不能锁定。请先排入日程。',
    en: 'This meeting has no time and table yet, so there is nothing to lock: place it first.',
  },
  'meeting.settled': {
    status: 409,
    zh: '这场洽谈已开始、已结束或已取消，不能再修改。',
    en: 'This meeting has begun, is over or was cancelled: it can no longer be changed.',
  },
  'meeting.guest-is-side': {
    status: 400,
    zh: '{name} 已是这场洽谈的一方，不必再加为参加人。',
    en: '{name} is one of the two sides of this meeting already.',
  },
  'meeting.reason-needed': {
    status: 400,
    zh: '请填写取消原因，对方会看到。',
    en: 'Give a reason: the other side will read it.',
  },
  'meeting.booked-elsewhere': {
    status: 409,
    zh: '{person} 在 {time} 已有“{event}”的洽谈，不能重复安排。请调整后重新发布，或重新计算日程。',
    en: '{person} already has a meeting of “{event}” at {time}: move this meeting or compute the timetable again.',
  },
  'request.not-registered': {
    status: 409,
    zh: '请先以单位名义完成本活动的报名，再发出洽谈邀约。',
    en: 'Register for this event for your organisation first, then ask for meetings.',
  },
  'request.nobody-there': {
    status: 409,
    zh: '{organisation} 没有人报名本活动，或与您是同一单位。',
    en: 'Nobody of {organisation} is registered for this event, or it is your own organisation.',
  },
  'request.person-not-there': {
    status: 409,
    zh: '所选的人没有代表 {organisation} 报名本活动，请另选一位。',
    en: 'This person is not registered for {organisation} at this event: choose somebody else.',
  },
  'request.open-already': {
    status: 409,
    zh: '与 {organisation} 已有一份未答复的邀约。',
    en: 'A request between you and {organisation} is still open.',
  },
  'request.not-your-turn': {
    status: 409,
    zh: '这份邀约正在等对方答复，或已经结束。',
    en: 'This request waits for the other side, or is closed.',
  },
  'request.expired': {
    status: 409,
    zh: '这份邀约已过答复期限。如仍有意，请重新发出。',
    en: 'The time to answer this request is over: send a new one.',
  },
  'request.slot-unknown': {
    status: 409,
    zh: '该时段已开始或不属于本活动，请另选时间。',
    en: 'This slot has begun or is none of the event’s: choose another.',
  },
  'request.time-taken': {
    status: 409,
    zh: '{person} 在 {time} 已有其他安排。请另提时间，或改为由组织方安排。',
    en: '{person} is not free at {time}: propose another time, or leave it to the organizers.',
  },
  'request.tables-taken': {
    status: 409,
    zh: '{time} 的洽谈桌已排满。请另提时间，或改为由组织方安排。',
    en: 'Every table is taken at {time}: propose another time, or leave it to the organizers.',
  },
  'request.person-full': {
    status: 409,
    zh: '{person} 在本活动最多 {max} 场洽谈，已到上限；邀约仍保留。请先取消一场洽谈，或请组织方提高上限，再接受。',
    en: '{person} has all of the {max} meetings allowed at this event; the request stays open. Cancel one of them or ask the organizers for more, then accept.',
  },
  'request.group-full': {
    status: 409,
    zh: '“{group}”在本活动最多 {max} 场洽谈，已到上限；邀约仍保留。请先取消一场洽谈，或请组织方提高上限，再接受。',
    en: '“{groupEn}” has all of the {max} meetings allowed at this event; the request stays open. Cancel one of them or ask the organizers for more, then accept.',
  },
  'offer.closed': {
    status: 409,
    zh: '这个空出的时段已结束、已被取消或已由他人使用。',
    en: 'This free slot is over, was withdrawn or is used by others.',
  },
  'outcome.nothing-to-undo': {
    status: 409,
    zh: '这场洽谈还没有登记结果。',
    en: 'No outcome of this meeting is recorded.',
  },
  'outcome.undo-too-late': {
    status: 409,
    zh: '登记结果 15 分钟后，或已有反馈、对接项目、时段已让给他人时，不能再撤销。需要更正请联系组织方。',
    en: 'An outcome cannot be taken back after 15 minutes, or once there is a follow-up, a deal or its slot was given away.',
  },
  'assignment.not-ready': {
    status: 409,
    zh: '配对建议还没有算好，请等待完成。',
    en: 'The proposal is still being computed: wait until it is finished.',
  },
  'assignment.outdated': {
    status: 409,
    zh: '配对建议已有更新的版本，请刷新后再采纳。',
    en: 'There is a newer proposal: reload the page before accepting.',
  },
  'assignment.nothing-to-undo': {
    status: 409,
    zh: '没有可撤回的采纳。',
    en: 'There is no acceptance to take back.',
  },
  'timetable.running': {
    status: 409,
    zh: '正在计算洽谈日程，请等待完成。',
    en: 'A timetable is being computed: wait until it is finished.',
  },
  'timetable.no-meetings': {
    status: 409,
    zh: '“{event}”还没有待安排的洽谈。请先从双方意向生成洽谈，或手工添加。',
    en: '“{event}” has no meetings to place: collect mutual interests or add meetings first.',
  },
  'timetable.not-draft': {
    status: 409,
    zh: '该日程不是草稿，可能已由他人发布或被新的计算替代。请刷新后重试。',
    en: 'This timetable is no draft: it was published or replaced by a newer one. Reload the page.',
  },
  'timetable.not-restorable': {
    status: 409,
    zh: '只能恢复已发布或已被替代的日程版本。',
    en: 'Only a published or superseded version can be restored.',
  },
  'timetable.nothing-to-undo': {
    status: 409,
    zh: '这份草稿没有可撤销的手工调整。',
    en: 'There is no change of this draft by hand to take back.',
  },
  'timetable.other-event': {
    status: 400,
    zh: '只能对比同一活动的两个日程版本。',
    en: 'Only two timetables of the same event can be compared.',
  },
  'timetable.outdated': {
    status: 409,
    zh: '草稿中有 {count} 场洽谈的时间已不在当前时段内（时段设置有变，或时间已过）。请重新计算日程。',
    en: '{count} meetings of the draft lie outside the present slots (settings changed or time passed): compute it again.',
  },
  'placement.person-busy': {
    status: 409,
    zh: '{person} 在 {time} 已有与“{other}”的洽谈（{table}），不能同时参加两场。',
    en: '{person} already meets “{other}” at {time} ({table}) and cannot be in two meetings.',
  },
  'placement.table-busy': {
    status: 409,
    zh: '{table} 在 {time} 已安排“{other}”的洽谈，请换一张桌或改用对调。',
    en: '{table} is taken at {time} by “{other}”: choose another table, or swap the two.',
  },
  'placement.person-away': {
    status: 409,
    zh: '{person} 在 {time} 不便参加洽谈（本人登记的时间、演讲或其他活动的洽谈）。',
    en: '{person} is not available at {time}: an absence, a talk or a meeting at another event.',
  },
  'placement.too-long': {
    status: 409,
    zh: '“{meeting}”需要连续 {length} 个时段，从这里开始放不下。请选更早的时段，或缩短时长。',
    en: '“{meeting}” takes {length} slots in a row, which do not fit from here: choose an earlier slot or make it shorter.',
  },
  'placement.table-no-screen': {
    status: 409,
    zh: '“{meeting}”需要屏幕，{table} 没有。请换一张有屏幕的桌子。',
    en: '“{meeting}” needs a screen and table {table} has none: choose a table with a screen.',
  },
  'placement.table-not-quiet': {
    status: 409,
    zh: '“{meeting}”需要安静的位置，{table} 不是。请换一张安静的桌子。',
    en: '“{meeting}” needs a quiet table and {table} is none: choose a quiet one.',
  },
  'placement.too-far': {
    status: 409,
    zh: '{person} 与“{other}”的洽谈在 {room}，走到 {here} 需 {minutes} 分钟，来不及。请隔开时段或换到同一房间。',
    en: '{person} meets “{other}” in {room}; {here} is {minutes} minutes away: leave a gap or choose the same room.',
  },
  'placement.person-maximum': {
    status: 409,
    zh: '{person} 最多安排 {max} 场洽谈，已到上限。',
    en: '{person} may have at most {max} meetings and has them already.',
  },
  'placement.group-maximum': {
    status: 409,
    zh: '{group} 最多安排 {max} 场洽谈，已到上限。',
    en: '{group} may have at most {max} meetings and has them already.',
  },
  'placement.unknown-slot': {
    status: 400,
    zh: '该时段或洽谈桌不属于本活动，或已经开始。请刷新后重选。',
    en: 'This slot or table does not belong to the event, or has begun: reload and choose again.',
  },
  'placement.locked': {
    status: 409,
    zh: '“{meeting}”的洽谈已锁定。如需移动，请先解锁。',
    en: 'The meeting “{meeting}” is locked: unlock it before moving it.',
  },
  'late-change.nothing-published': {
    status: 409,
    zh: '“{event}”还没有发布洽谈日程，没有需要变动的安排。请直接计算并发布日程。',
    en: '“{event}” has no published timetable yet: compute and publish one instead.',
  },
  'late-change.no-meeting': {
    status: 409,
    zh: '没有可变动的洽谈：已开始、已结束、已取消，或没有相应的安排。',
    en: 'There is no meeting to change: begun, over, cancelled, or none at all.',
  },
  'late-change.outdated': {
    status: 409,
    zh: '预览之后安排又有变化，代价可能不同。请重新查看影响，再确认。',
    en: 'Something changed since the preview, so the cost may differ: look at it again, then accept.',
  },
  'absence.outside': {
    status: 400,
    zh: '时间段须在活动起止时间之内，且结束晚于开始。',
    en: 'The times must lie within the event and end after they start.',
  },
} as const satisfies Record<string, ErrorText>;
