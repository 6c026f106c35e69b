/**
 * Addresses that are not somewhere on the public internet (IANA special-purpose registries, RFC 6890 and its updates):
 * what a server must not be talked into calling.
 */
const IPV4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

function ipv4Number(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isPrivateIpv4(value: number): boolean {
  return IPV4.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(value / size) === Math.floor(ipv4Number(network)! / size);
  });
}

/** The eight groups of an IPv6 address (RFC 4291 §2.2), null when it is none. */
function ipv6Groups(address: string): number[] | null {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const last = tail === null ? null : ipv4Number(tail[2]!);
  if (tail !== null && last === null) return null;
  const text =
    last === null
      ? plain
      : `${tail![1]!}${Math.floor(last / 65536).toString(16)}:${(last % 65536).toString(16)}`;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], end = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - end.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...end];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

/** Whether an IP address is not public; true also for what is no address. */
export function isPrivateAddress(address: string): boolean {
  const v4 = ipv4Number(address);
  if (v4 !== null) return isPrivateIpv4(v4);
  const groups = ipv6Groups(address);
  if (groups === null) return true;
  const [a = 0, b = 0] = groups;
  const embedded = groups[6]! * 65536 + groups[7]!;
  const mapped =
    groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || groups[5] === 0);
  if (mapped) return groups[5] === 0 ? true : isPrivateIpv4(embedded);
  // 64:ff9b::/96 and 2002::/16 carry an IPv4 address (RFC 6052, RFC 3056).
  if (a === 0x64 && b === 0xff9b) return isPrivateIpv4(embedded);
  if (a === 0x2002) return isPrivateIpv4(b * 65536 + groups[2]!);
  // Only 2000::/3 is global unicast; documentation and Teredo lie within it.
  if (a < 0x2000 || a > 0x3fff) return true;
  return a === 0x2001 && (b === 0xdb8 || b < 0x200);
}
