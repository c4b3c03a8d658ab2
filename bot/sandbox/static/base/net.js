// The only file that talks to the sandbox's server: reads, acts and the live stream, exactly the
// endpoints under /sandbox/. Everybody else asks it.

/** What a person could not do, in the server's own sentence. */
export class Refused extends Error {}

export async function read(path, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value != null));
  return answer(await attempt(fetch(`/sandbox/${path}?${query}`, { cache: "no-store" })));
}

export const post = (verb, body) => send(`act/${verb}`, body);

export async function send(path, body) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return answer(await attempt(fetch(`/sandbox/${path}`, options)));
}

/** Send a file of the acting person's; answers what Slack says of it. */
export async function upload(as, file) {
  const query = new URLSearchParams({ as, name: file.name });
  return answer(await attempt(fetch(`/sandbox/upload?${query}`, { method: "POST", body: file })));
}

async function attempt(request) {
  try {
    return await request;
  } catch {
    throw new Refused("The sandbox does not answer. Is “make demo” still running?");
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

/**
 * Follow the live stream of one person; heard(event) for each, status("live" | "lost") on changes.
 * The browser reconnects after a cut; after a refusal it gives up, so we begin again ourselves.
 */
export function follow(as, heard, status) {
  let source = null;
  let timer = null;
  const begin = () => {
    source = new EventSource(`/sandbox/stream?as=${encodeURIComponent(as)}`);
    source.onopen = () => status("live");
    source.onmessage = (message) => heard(JSON.parse(message.data));
    source.onerror = () => {
      status("lost");
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(begin, 1500);
    };
  };
  begin();
  return () => { clearTimeout(timer); source.close(); };
}
