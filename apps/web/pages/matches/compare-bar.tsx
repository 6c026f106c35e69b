import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CompareDrawer } from './compare-drawer.js';

interface Chosen {
  readonly id: string;
  readonly title: string;
}

/** What was chosen for a comparison, at the foot of the list. */
export function CompareBar({ chosen, setChosen }: { chosen: Chosen[]; setChosen: (next: Chosen[]) => void }) {
  const { t } = useTranslation('matches');
  const [open, setOpen] = useState(false);
  if (chosen.length === 0) return null;
  return (
    <div className="compare-bar" data-testid="compare-bar">
      <span>{t('compare.chosen', { count: chosen.length })}</span>
      <span className="tags" style={{ flex: '1 1 200px' }}>
        {chosen.map(({ id, title }) => (
          <Tag key={id} closable onClose={() => setChosen(chosen.filter((one) => one.id !== id))}>
            {title}
          </Tag>
        ))}
      </span>
      <Button onClick={() => setChosen([])}>{t('compare.clear')}</Button>
      <Button
        type="primary"
        disabled={chosen.length < 2}
        onClick={() => setOpen(true)}
        data-testid="compare-open"
      >
        {t('compare.open')}
      </Button>
      <CompareDrawer ids={open ? chosen.map(({ id }) => id) : null} close={() => setOpen(false)} />
    </div>
  );
}
