import * as assignment from './entities/assignment.entity.js';
import * as codeList from './entities/code-list.entity.js';
import * as event from './entities/event.entity.js';
import * as identity from './entities/identity.entity.js';
import * as inbound from './entities/inbound.entity.js';
import * as imports from './entities/import.entity.js';
import * as market from './entities/market.entity.js';
import * as marketRecords from './entities/market-records.entity.js';
import * as matchIndex from './entities/match-index.entity.js';
import * as matchModel from './entities/match-model.entity.js';
import * as matchRule from './entities/match-rule.entity.js';
import * as matching from './entities/matching.entity.js';
import * as boardChange from './entities/board-change.entity.js';
import * as meetingRequest from './entities/meeting-request.entity.js';
import * as meetingRules from './entities/meeting-rules.entity.js';
import * as meeting from './entities/meeting.entity.js';
import * as heldAddress from './entities/held-address.entity.js';
import * as notification from './entities/notification.entity.js';
import * as notificationChannel from './entities/notification-channel.entity.js';
import * as registration from './entities/registration.entity.js';
import * as result from './entities/result.entity.js';
import * as textEmbedding from './entities/text-embedding.entity.js';
import * as timetableProgress from './entities/timetable-progress.entity.js';
import * as webhook from './entities/webhook.entity.js';
import { EntitySchema } from 'typeorm';

/** Every entity of the platform; the drift test compares this list with the migrated schema. */
export const entities: EntitySchema[] = [
  identity,
  codeList,
  market,
  marketRecords,
  imports,
  event,
  registration,
  matching,
  matchRule,
  matchModel,
  matchIndex,
  textEmbedding,
  meeting,
  meetingRules,
  assignment,
  boardChange,
  meetingRequest,
  notification,
  heldAddress,
  notificationChannel,
  timetableProgress,
  webhook,
  inbound,
  result,
].flatMap((module) => Object.values(module).filter((value) => value instanceof EntitySchema));
