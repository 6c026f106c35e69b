import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hiddenColumns, type HiddenColumns } from './hidden-columns.js';

/** Steps of the buttons: what was at the edge is seen again. */
const STEP = 0.8;

/**
 * A board that scrolls sideways, with what says that it goes on: its edge fades, and a button tells how many columns lie
 * behind it. `columns` after the first, which stays in sight.
 */
export function ScrollEdges({
  columns,
  children,
}: {
  readonly columns: number;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('meetings');
  const box = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState<HiddenColumns & { first: number }>({ left: 0, right: 0, first: 0 });
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const look = () =>
      setHidden((before) => {
        const { scrollLeft, clientWidth, scrollWidth } = current;
        const first = current.querySelector('.timetable-head')?.getBoundingClientRect().width ?? 0;
        const now = hiddenColumns({ scrollLeft, clientWidth, scrollWidth }, first, columns);
        const same = now.left === before.left && now.right === before.right && first === before.first;
        return same ? before : { ...now, first };
      });
    const sizes = new ResizeObserver(look);
    sizes.observe(current);
    for (const child of current.children) sizes.observe(child);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [columns]);
  const go = (direction: 1 | -1) =>
    box.current?.scrollBy({ left: direction * box.current.clientWidth * STEP });
  return (
    <div className="scroll-edges">
      <div className="timetable-scroll" ref={box}>
        {children}
      </div>
      {(['left', 'right'] as const).map(
        (side) =>
          hidden[side] > 0 && (
            <div
              key={side}
              className={`scroll-edge ${side}`}
              style={side === 'left' ? { left: hidden.first + 1 } : undefined}
            >
              <button
                type="button"
                onClick={() => go(side === 'left' ? -1 : 1)}
                aria-label={t(`board.more.${side}`, { count: hidden[side] })}
                title={t(`board.more.${side}`, { count: hidden[side] })}
                data-testid={`more-${side}`}
              >
                {side === 'left' ? <LeftOutlined /> : <RightOutlined />}
                {hidden[side]}
              </button>
            </div>
          ),
      )}
    </div>
  );
}
