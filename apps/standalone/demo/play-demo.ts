import { demoData, type DemoEvent } from './demo-data.js';
import type { DemoStage } from './demo-stage.js';
import { createEvent, move, playCheckIns, playProgrammes, playRegistrations } from './play-events.js';
import { playKindAnswers, playKinds } from './play-kinds.js';
import { playAnswers, playMarket, waitForMatches, waitForRuns } from './play-market.js';
import { playMeetings, playTimetable } from './play-matchmaking.js';
import { playNextSession } from './play-next-session.js';
import { playResults } from './play-results.js';

/** The main job of the platform, from the first form to the last payment, through its own API. */
export async function playDemo(stage: DemoStage): Promise<void> {
  const organizers = demoData.people
    .filter((person) => person.platformRoles.includes('organizer'))
    .map((person) => person.key);
  const bureau = demoData.organisations.find((organisation) => organisation.kind === 'government')?.key;
  const organizer = organizers[0]!;
  stage.go(stage.at(-150, '09:00'));
  await playProgrammes(stage, organizer, bureau ?? demoData.organisations[0]!.key);
  const events = [...demoData.events].sort((a, b) => a.dayOffset - b.dayOffset);
  const main = events.filter((event) => event.kind === 'matchmaking' && event.state === 'held').at(-1);
  for (const [index, event] of events.filter((other) => other.dayOffset < -20).entries()) {
    await playEvent(stage, organizer, event);
    stage.progress(index + 1, events.length, '活动 events');
  }
  await playMarket(stage, organizers);
  await playKinds(stage, organizer);
  await waitForMatches(stage, organizer);
  await playAnswers(stage);
  for (const event of events.filter((other) => other.dayOffset >= -20)) {
    if (event === main) await playMainSession(stage, organizer, event);
    else await playEvent(stage, organizer, event);
  }
  await playKindAnswers(stage);
  await playNextSession(stage, organizer);
  await waitForRuns(stage);
}

/** An event from its creation to the state it has in the demo. */
async function playEvent(stage: DemoStage, organizer: string, event: DemoEvent): Promise<void> {
  const day = Math.min(event.dayOffset, 10);
  stage.go(stage.at(day - 28, '10:00'));
  await createEvent(stage, organizer, event);
  if (event.state === 'draft') return;
  stage.go(stage.at(day - 26, '10:00'));
  await move(stage, organizer, event, 'publish');
  stage.go(stage.at(day - 14, '09:00'));
  const registrations = await playRegistrations(stage, organizer, event);
  if (event.state === 'cancelled') {
    stage.go(stage.at(day - 3, '16:00'));
    await move(stage, organizer, event, 'cancel', '接待单位临时承担应急任务，本次参观取消，改期另行通知。');
    return;
  }
  if (event.state === 'published') return;
  stage.go(stage.at(Math.min(day - 1, -1), '18:00'));
  await move(stage, organizer, event, 'close_registration');
  if (event.state === 'registration_closed') return;
  await playCheckIns(stage, organizer, event, registrations);
  stage.go(stage.at(event.dayOffset, event.endTime));
  await move(stage, organizer, event, 'hold');
  if (event.state === 'archived') {
    stage.go(stage.at(event.dayOffset + 14, '10:00'));
    await move(stage, organizer, event, 'archive');
  }
}

/** The matchmaking session the demo is about: registrations, timetable, check-ins, meetings, contracts. */
async function playMainSession(stage: DemoStage, organizer: string, event: DemoEvent): Promise<void> {
  stage.go(stage.at(event.dayOffset - 24, '10:00'));
  await createEvent(stage, organizer, event);
  await move(stage, organizer, event, 'publish');
  stage.go(stage.at(event.dayOffset - 6, '09:00'));
  const registrations = await playRegistrations(stage, organizer, event);
  stage.progress(registrations.length, registrations.length, '报名 registrations');
  stage.go(stage.at(event.dayOffset - 2, '10:00'));
  await playTimetable(stage, organizer, event);
  stage.go(stage.at(event.dayOffset - 1, '18:00'));
  await move(stage, organizer, event, 'close_registration');
  await playCheckIns(stage, organizer, event, registrations);
  const held = await playMeetings(stage, organizer, event);
  stage.go(stage.at(event.dayOffset, '18:30'));
  await move(stage, organizer, event, 'hold');
  await playResults(stage, held);
}
