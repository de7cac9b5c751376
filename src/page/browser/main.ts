/** What the page does in a reader's browser: times in the reader's zone, the picture's size, and finding a service. */
document.documentElement.classList.add('scripted');

const served = document.querySelector('#served');
if (served !== null) {
  const changes = new EventSource('/changes');
  changes.addEventListener('message', () => {
    location.reload();
  });
  changes.addEventListener('open', () => {
    served.textContent = 'Loads itself anew when a branch moves.';
  });
  changes.addEventListener('error', () => {
    served.textContent = 'Who served this has stopped: it stays as it is.';
  });
}

const zone = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
for (const time of document.querySelectorAll('time')) {
  const utc = time.textContent;
  time.textContent = `${zone.format(new Date(time.dateTime))} (${utc})`;
}

const frame = document.querySelector<HTMLElement>('#now .picture');
const drawn = frame?.querySelector('svg');
if (frame !== null && drawn !== null && drawn !== undefined) {
  const [wide, high] = [Number(drawn.getAttribute('width')), Number(drawn.getAttribute('height'))];
  const fitting = (): number => Math.min(1, (frame.clientWidth - 4) / wide);
  let scale = fitting();
  const resize = (to: number): void => {
    scale = Math.min(8, Math.max(0.05, to));
    frame.classList.toggle('zoomed', scale !== fitting());
    drawn.setAttribute('width', String(Math.round(wide * scale)));
    drawn.setAttribute('height', String(Math.round(high * scale)));
  };
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-zoom]')) {
    const factor = Number(button.dataset['zoom']);
    button.addEventListener('click', () => {
      resize(factor === 0 ? fitting() : scale * factor);
    });
  }
  // Dragged like a map; touch and keys scroll it anyway.
  frame.addEventListener('pointerdown', (down) => {
    if (down.pointerType !== 'mouse' || down.button !== 0) return;
    const from = { x: frame.scrollLeft + down.clientX, y: frame.scrollTop + down.clientY };
    const move = (to: PointerEvent): void => {
      frame.scrollTo(from.x - to.clientX, from.y - to.clientY);
    };
    frame.addEventListener('pointermove', move);
    const end = (): void => {
      frame.removeEventListener('pointermove', move);
    };
    addEventListener('pointerup', end, { once: true });
  });
}

const search = document.querySelector<HTMLInputElement>('#search');
const found = document.querySelector('#found');
search?.addEventListener('input', () => {
  const wanted = search.value.trim().toLowerCase();
  const texts = [...(drawn?.querySelectorAll('text') ?? [])];
  for (const text of texts)
    text.classList.toggle('faded', wanted !== '' && !text.textContent.toLowerCase().includes(wanted));
  const sheets = [...document.querySelectorAll<HTMLDetailsElement>('details[data-service]')];
  const hits = sheets.filter(
    (sheet) => wanted !== '' && (sheet.dataset['service'] ?? '').toLowerCase().includes(wanted),
  );
  for (const sheet of sheets) sheet.open = hits.includes(sheet);
  // A folded group is opened that has it.
  for (const part of document.querySelectorAll<HTMLDetailsElement>('details.part'))
    part.open =
      wanted !== '' &&
      [...part.querySelectorAll('svg text')].some((text) => text.textContent.toLowerCase().includes(wanted));
  if (found !== null)
    found.textContent = wanted === '' ? '' : hits.length === 1 ? '1 service' : `${hits.length} services`;
  texts
    .find((text) => wanted !== '' && text.textContent.toLowerCase().includes(wanted))
    ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
});
