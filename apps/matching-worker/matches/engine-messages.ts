import type { MessagePort } from 'node:worker_threads';
import type { MatchEngine } from './match-engine.js';
import type { SensesOfThread } from './sense-sharing.js';

/** What the thread needs to start; data only. */
export interface ThreadSettings {
  readonly databaseUrl: string;
  readonly snapshotFile: string | null;
  /** Only one thread writes the file. */
  readonly savesSnapshot: boolean;
  /** Model of the vectors to rank by; null without. */
  readonly embeddingModel: string | null;
}

export type EngineMethod = keyof MatchEngine;

export interface EngineCall<Method extends EngineMethod = EngineMethod> {
  readonly call: number;
  readonly method: Method;
  readonly request: Parameters<MatchEngine[Method]>[0];
}

/** Errors lose their class on the way. */
export type EngineReply =
  | { readonly kind: 'result'; readonly call: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly call: number; readonly message: string }
  | { readonly kind: 'log'; readonly message: string }
  | { readonly kind: 'senses'; readonly senses: SensesOfThread };

/** Calls the method by its name. */
export function answerCall(
  engine: MatchEngine,
  { method, request }: Pick<EngineCall, 'method' | 'request'>,
): Promise<unknown> {
  switch (method) {
    case 'rank':
      return engine.rank(request as EngineCall<'rank'>['request']);
    case 'scorePair':
      return engine.scorePair(request as EngineCall<'scorePair'>['request']);
    case 'train':
      return engine.train(request as EngineCall<'train'>['request']);
    case 'affectedNeeds':
      return engine.affectedNeeds(request as EngineCall<'affectedNeeds'>['request']);
  }
}

/** Answers the calls that come in at a port. */
export function serveEngine(engine: MatchEngine, port: MessagePort): void {
  const reply = (message: EngineReply) => port.postMessage(message);
  port.on('message', (incoming: EngineCall) => {
    const { call } = incoming;
    answerCall(engine, incoming).then(
      (result) => reply({ kind: 'result', call, result }),
      (error: unknown) => {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        reply({ kind: 'error', call, message });
      },
    );
  });
}
