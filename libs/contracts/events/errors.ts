import type { ErrorText } from '../error-text.js';

export const eventErrors = {
  'programme.slug-taken': {
    status: 409,
    zh: '网址标识“{slug}”已被其他品牌使用，请换一个。',
    en: 'The address name “{slug}” belongs to another programme: choose a different one.',
  },
  'programme.name-taken': {
    status: 409,
    zh: '已有名为“{name}”的活动品牌，请换一个名称。',
    en: 'There is already a programme “{name}”: choose a different name.',
  },
  'programme.archived': {
    status: 409,
    zh: '活动品牌“{name}”已归档，不能新增届次。请先恢复该品牌。',
    en: 'Programme “{name}” is archived and takes no new editions: restore it first.',
  },
  'event.edition-taken': {
    status: 409,
    zh: '“{programme}”第 {edition} 届已存在，下一个可用届次为第 {next} 届。',
    en: '“{programme}” already has edition {edition}: the next free number is {next}.',
  },
  'event.not-ready': {
    status: 409,
    zh: '活动还有 {count} 项内容不符合发布要求，请补充后再发布。',
    en: 'The event does not meet {count} of the rules for publishing: complete it first.',
  },
  'event.must-stay-ready': {
    status: 409,
    zh: '活动已发布，此修改会使 {count} 项内容不符合发布要求，未保存。',
    en: 'The event is published and this change would break {count} of the rules for publishing: nothing was saved.',
  },
  'event.not-editable': {
    status: 409,
    zh: '活动当前状态不允许修改以下内容：{fields}。',
    en: 'In its present state these fields of the event cannot be changed: {fields}.',
  },
  'event.not-started': {
    status: 409,
    zh: '活动将于 {startsAt} 开始，开始后才能标记为已举办。',
    en: 'The event starts at {startsAt}: it can be marked as held after that.',
  },
  'event.nobody-came': {
    status: 409,
    zh: '还没有任何签到记录，不能标记为已举办。请先完成签到；如未举办请取消活动。',
    en: 'Nobody has checked in, so the event cannot be marked as held. Check people in, or cancel the event.',
  },
  'event.note-needed': {
    status: 400,
    zh: '取消活动须填写原因，参会者会看到该说明。',
    en: 'Give a reason for the cancellation: participants will read it.',
  },
  'event.capacity-below-seats': {
    status: 409,
    zh: '已有 {taken} 个席位被占用，名额不能减少到 {capacity}。请先取消部分报名。',
    en: '{taken} seats are taken: the capacity cannot become {capacity}. Cancel registrations first.',
  },
  'event.room-taken': {
    status: 409,
    zh: '场地“{room}”在“{session}”的时段已被“{other}”占用，请调整时间或场地。',
    en: 'Room “{room}” is taken by “{other}” during “{session}”: change the time or the room.',
  },
  'event.session-outside': {
    status: 400,
    zh: '议程“{session}”不在活动起止时间之内，请调整。',
    en: 'Session “{session}” does not lie within the event: change its time.',
  },
  'event.venue-needed': {
    status: 400,
    zh: '请先填写活动地点，再安排场地“{room}”。',
    en: 'Give the event a venue before using room “{room}”.',
  },
  'event.table-in-use': {
    status: 409,
    zh: '洽谈桌“{tables}”已用于洽谈日程，不能移除。',
    en: 'Tables “{tables}” are used by the timetable and cannot be removed.',
  },
  'event.meetings-outside': {
    status: 409,
    zh: '有 {count} 场已排定的洽谈不在新的洽谈时段内，请先调整洽谈日程。',
    en: '{count} scheduled meetings lie outside the new window: change the timetable first.',
  },
  'event.meetings-clash': {
    status: 409,
    zh: '调整后有参会者的洽谈与其在其他活动的洽谈时间冲突，未保存。请先调整洽谈日程。',
    en: 'Moved like this, a participant would have two meetings at once: change the timetable first.',
  },
  'event.delete-draft-only': {
    status: 409,
    zh: '只能删除没有报名的草稿或模板。已发布的活动请取消。',
    en: 'Only a draft or template without registrations can be deleted. Cancel a published event instead.',
  },
  'event.template-has-no-state': {
    status: 409,
    zh: '模板不能发布，请先由模板创建活动。',
    en: 'A template cannot be published: create an event from it.',
  },
} as const satisfies Record<string, ErrorText>;
