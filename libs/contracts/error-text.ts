/** Status and sentence of one error; the sentence says what happened and what to do. */
export interface ErrorText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}
