/** A step may not hold up the steps after it for longer, in milliseconds. */
const STEP_MS = 3_500;

/** What has to be put down again when the program ends, in reverse order of what was set up. */
export class Teardown {
  private readonly steps: (() => Promise<void>)[] = [];
  private running: Promise<void> | null = null;

  /**
   * Sets something up and remembers how to put it down, also when the program is stopped before it stands. In that case
   * the promise never settles: the program ends elsewhere.
   */
  async hold<Thing>(rising: Promise<Thing>, putDown: (thing: Thing) => Promise<void> | void): Promise<Thing> {
    this.steps.push(async () => {
      const risen = await rising.then(
        (thing) => ({ thing }),
        () => null,
      );
      if (risen !== null) await within(STEP_MS, Promise.resolve(putDown(risen.thing)));
    });
    const thing = await rising;
    if (this.running !== null) await new Promise<never>(() => undefined);
    return thing;
  }

  /** Puts everything down, once; later calls wait for the first. */
  run(): Promise<void> {
    this.running ??= (async () => {
      for (const step of this.steps.reverse()) {
        await step().catch((error: unknown) => console.error(error));
      }
    })();
    return this.running;
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
