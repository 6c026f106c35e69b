import { askKey, offerKindsOf, requestKindOf } from './pair-kinds.js';
import { enPair, zhPair } from './pair-texts.js';

test('what may be asked about has a question of its own in both languages', () => {
  const kinds = (['technology', 'outreach', 'financing'] as const).flatMap(offerKindsOf);
  const keys = [...kinds.map((kind) => askKey('need', kind)), askKey('capability', requestKindOf('lesson'))];
  for (const texts of [zhPair, enPair]) {
    const questions = keys.map(
      (key) =>
        (texts as unknown as { question: { ask: Record<string, string> } }).question.ask[key.split('.')[2]!],
    );
    expect(questions).not.toContain(undefined);
    expect(new Set(questions).size).toBe(5);
  }
});
