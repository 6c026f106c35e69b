import type { MigrationInterface } from 'typeorm';
import { Initial1795305600000 } from './migrations/1795305600000-initial.js';
import { AgendaHoldsRoom1795305900000 } from './migrations/1795305900000-agenda-holds-room.js';
import { OfferToken1795306500000 } from './migrations/1795306500000-offer-token.js';
import { MeetingCancelReason1795307100000 } from './migrations/1795307100000-meeting-cancel-reason.js';
import { FindWhatIsOver1795310100000 } from './migrations/1795310100000-find-what-is-over.js';
import { MatchIndex1795310300000 } from './migrations/1795310300000-match-index.js';
import { LearnFromMatches1795310400000 } from './migrations/1795310400000-learn-from-matches.js';
import { MatchRules1795310500000 } from './migrations/1795310500000-match-rules.js';
import { FindWhatRulesHold1795310500001 } from './migrations/1795310500001-find-what-rules-hold.js';
import { RecordKinds1795310600000 } from './migrations/1795310600000-record-kinds.js';
import { TextEmbedding1795310700000 } from './migrations/1795310700000-text-embedding.js';
import { MatchCorpus1795310800000 } from './migrations/1795310800000-match-corpus.js';
import { CorpusByKeys1795310900000 } from './migrations/1795310900000-corpus-by-keys.js';
import { TimetableProgress1795311000000 } from './migrations/1795311000000-timetable-progress.js';
import { DeclinedProposals1795311110000 } from './migrations/1795311110000-declined-proposals.js';
import { InboundMail1795311100000 } from './migrations/1795311100000-inbound-mail.js';
import { OutboxWorkers1795311200000 } from './migrations/1795311200000-outbox-workers.js';
import { NotificationChannels1795311210000 } from './migrations/1795311210000-notification-channels.js';
import { BoardChanges1795311300000 } from './migrations/1795311300000-board-changes.js';
import { MeetingRequests1795311310000 } from './migrations/1795311310000-meeting-requests.js';
import { SpreadLater1795311320000 } from './migrations/1795311320000-spread-later.js';
import { TimetableRules1795320000000 } from './migrations/1795320000000-timetable-rules.js';
import { Assignments1795321000000 } from './migrations/1795321000000-assignments.js';
import { HeldAddresses1795322000000 } from './migrations/1795322000000-held-addresses.js';
import { StatisticsSnapshot1795322900000 } from './migrations/1795322900000-statistics-snapshot.js';
import { MeetingMatch1795322920000 } from './migrations/1795322920000-meeting-match.js';
import { CrosswalkRelation1795323000000 } from './migrations/1795323000000-crosswalk-relation.js';
import { WorkChanges1795323010000 } from './migrations/1795323010000-work-changes.js';
import { SignatureIndex1795323020000 } from './migrations/1795323020000-signature-index.js';
import { InvitationBacklog1795323030000 } from './migrations/1795323030000-invitation-backlog.js';
import { AttemptsHold1795323040000 } from './migrations/1795323040000-attempts-hold.js';
import { LighterOutbox1795323050000 } from './migrations/1795323050000-lighter-outbox.js';
import { SendPace1795323060000 } from './migrations/1795323060000-send-pace.js';
import { RowsOfMany1795323070000 } from './migrations/1795323070000-rows-of-many.js';
import { PlacesApart1795324100000 } from './migrations/1795324100000-places-apart.js';
import { FeedVersions1795324110000 } from './migrations/1795324110000-feed-versions.js';
import { RobotsLeaveHistory1795324120000 } from './migrations/1795324120000-robots-leave-history.js';
import { VersionsOfFeeds1795324130000 } from './migrations/1795324130000-versions-of-feeds.js';
import { IndicatorReaders1795324140000 } from './migrations/1795324140000-indicator-readers.js';
import { NamesOfTerms1795324150000 } from './migrations/1795324150000-names-of-terms.js';
import { RequestsMetAnyway1795322930000 } from './migrations/1795322930000-requests-met-anyway.js';
import { OfferedSpan1795322940000 } from './migrations/1795322940000-offered-span.js';
import { ShortGroups1795322950000 } from './migrations/1795322950000-short-groups.js';
import { LateChanges1795320100000 } from './migrations/1795320100000-late-changes.js';

/** All migrations, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [
  Initial1795305600000,
  AgendaHoldsRoom1795305900000,
  OfferToken1795306500000,
  MeetingCancelReason1795307100000,
  FindWhatIsOver1795310100000,
  MatchIndex1795310300000,
  LearnFromMatches1795310400000,
  MatchRules1795310500000,
  FindWhatRulesHold1795310500001,
  RecordKinds1795310600000,
  TextEmbedding1795310700000,
  MatchCorpus1795310800000,
  CorpusByKeys1795310900000,
  TimetableProgress1795311000000,
  InboundMail1795311100000,
  DeclinedProposals1795311110000,
  OutboxWorkers1795311200000,
  NotificationChannels1795311210000,
  BoardChanges1795311300000,
  MeetingRequests1795311310000,
  SpreadLater1795311320000,
  TimetableRules1795320000000,
  LateChanges1795320100000,
  Assignments1795321000000,
  HeldAddresses1795322000000,
  StatisticsSnapshot1795322900000,
  MeetingMatch1795322920000,
  RequestsMetAnyway1795322930000,
  OfferedSpan1795322940000,
  ShortGroups1795322950000,
  CrosswalkRelation1795323000000,
  WorkChanges1795323010000,
  SignatureIndex1795323020000,
  InvitationBacklog1795323030000,
  AttemptsHold1795323040000,
  LighterOutbox1795323050000,
  SendPace1795323060000,
  RowsOfMany1795323070000,
  PlacesApart1795324100000,
  FeedVersions1795324110000,
  RobotsLeaveHistory1795324120000,
  VersionsOfFeeds1795324130000,
  IndicatorReaders1795324140000,
  NamesOfTerms1795324150000,
];
