/** Compares what the rows say should have come with what came. */
export function judgeDeliveries(expected, taken) {
  const idOf = (raw) => /^Message-ID: <([^@>]+)@/im.exec(raw)?.[1] ?? '';
  const copies = new Map();
  const mailboxes = new Map();
  for (const { to, raw } of taken) {
    const id = idOf(raw);
    copies.set(id, (copies.get(id) ?? 0) + 1);
    if (!mailboxes.has(to)) mailboxes.set(to, new Set());
    mailboxes.get(to).add(id);
  }
  const lost = expected.filter(({ id, address }) => !mailboxes.get(address)?.has(id)).length;
  const stored = [...mailboxes.values()].reduce((sum, ids) => sum + ids.size, 0);
  const mails = [...new Map(taken.map((mail) => [idOf(mail.raw), mail])).values()];
  return { lost, duplicates: stored - (expected.length - lost), repeated: taken.length - copies.size, mails };
}
