// Every few seconds the parts marked data-live are read again and replaced where they have changed.
// The facesheet is not: looking at a patient is written down, and looking on is not looking again.
const every = 3000;

async function refresh() {
  if (document.hidden || !document.querySelector('[data-live]')) return;
  const answer = await fetch(location.href, { headers: { 'X-Live': '1' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (!other || other.innerHTML === part.innerHTML) continue;
    const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 40;
    part.innerHTML = other.innerHTML;
    if (atEnd) part.scrollTop = part.scrollHeight;
  }
}

for (const part of document.querySelectorAll('.conversation ol, .phone ol')) part.scrollTop = part.scrollHeight;
setInterval(() => refresh().catch(() => {}), every);
