import { Fragment } from 'react';
import { joinMarks, type Mark } from './marks.js';

/** A text with its marked places. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const places = joinMarks(marks, text.length);
  return (
    <>
      {places.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(places[index - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(places.at(-1)?.end ?? 0)}
    </>
  );
}
