import { Button } from 'antd';

/** A number that opens the rows it counts. */
export function NumberButton({ text, open, testId }: { text: string; open: () => void; testId?: string }) {
  return (
    <Button type="link" className="match-row-button" onClick={open} data-testid={testId}>
      {text}
    </Button>
  );
}
