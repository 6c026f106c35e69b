/** Why a Node.js of that version ("v20.18.0") cannot run the platform, as a sentence; null when it can. */
export function nodeProblem(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Duijie needs Node.js 20.19 or newer; this is ${version}. Install a newer one from nodejs.org.`;
}
