// The day at the doors: the list of stops, one stop at a time, and a line that says what is sent and what waits. Works from the page's
// own data, so it is the same with and without network.
import { el, json, words } from './day/dom';
import { all, drop, forgetTaken, keep } from './day/kept';
import { alone, handsOf, send } from './day/send';
import { drawStop, takeBack, type VisitDesk } from './day/visit';
import type { DayData, DayItem, DayQuestion, DayVisit, Kept } from './day/types';

const tones: Record<string, [string, string]> = {
  open: ['', '○'],
  call: ['', '○'],
  queued: ['info', '●'],
  taken: ['good', '✓'],
  contradicted: ['warn', '▲'],
  refused: ['danger', '■'],
};

class Day {
  readonly #root: HTMLElement;
  readonly #address: string;
  readonly #day = json<DayData>('day-data');
  readonly #t = words();
  readonly #status = el('div', { class: 'day-state', role: 'status' });
  #kept: Kept[] = [];
  #signIn = false;
  #unkept = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#address = root.dataset.send ?? '/api/day/answers';
  }

  async start(): Promise<void> {
    await forgetTaken(this.#day.date);
    await this.#read();
    window.addEventListener('hashchange', () => this.#draw(true));
    window.addEventListener('online', () => void this.#send());
    window.addEventListener('offline', () => this.#drawStatus());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#send();
    });
    this.#draw(false);
    await this.#send();
  }

  async #read(): Promise<void> {
    this.#kept = (await all()).sort((a, b) => a.item.at.localeCompare(b.item.at));
  }

  #mine(): Kept[] {
    return this.#kept.filter((answer) => answer.worker === this.#day.worker);
  }

  /** The newest answer to a question; an answer that nobody was met stands for the case's every question. */
  #answered(visit: DayVisit, question?: DayQuestion): Kept | undefined {
    return this.#mine().findLast((answer) =>
      answer.item.caseId === visit.caseId && (!question || answer.item.question === null || answer.item.question === question.code)
      // A newer version of the case on the page asks anew; what was taken before it is already in it.
      && (answer.state !== 'taken' || answer.item.version >= visit.version));
  }

  #stops(): DayVisit[][] {
    const groups = new Map<string, DayVisit[]>();
    for (const visit of this.#day.visits) {
      const key = visit.group ?? visit.caseId;
      groups.set(key, [...(groups.get(key) ?? []), visit]);
    }
    return [...groups.values()].sort((a, b) => (a[0]?.order ?? 0) - (b[0]?.order ?? 0));
  }

  #stateOf(answer: Kept | undefined, visit: DayVisit): string {
    if (answer?.item.answer === takeBack && answer.state === 'taken') return 'open';
    return answer?.state ?? (visit.done ? 'taken' : 'open');
  }

  #tag(state: string): HTMLElement {
    const [tone, mark] = tones[state] ?? ['', ''];
    return el('span', { class: `tag ${tone}`, 'data-mark': mark, 'data-state': state }, this.#t(`state.${state}`));
  }

  #draw(moved: boolean): void {
    const id = decodeURIComponent(location.hash.slice(1));
    const call = this.#day.calls?.find((one) => one.caseId === id);
    const stop = call ? [call] : this.#stops().find((visits) => visits[0]?.caseId === id);
    this.#root.replaceChildren(stop ? drawStop(stop, this.#desk()) : this.#drawList(), this.#status);
    this.#drawStatus();
    if (moved) (this.#root.querySelector<HTMLElement>('h1') ?? this.#root).focus();
    window.scrollTo(0, 0);
  }

  #drawList(): HTMLElement {
    const stops = this.#stops();
    return el('div', { class: 'stack' },
      el('h1', { tabindex: '-1' }, this.#t('title')),
      el('p', { class: 'quiet' }, this.#day.workerName),
      stops.length === 0 ? el('p', {}, this.#t('none')) : null,
      el('ol', { class: 'day-list' }, ...stops.map((stop) => this.#drawEntry(stop))),
      ...this.#drawCalls());
  }

  #drawCalls(): HTMLElement[] {
    const calls = this.#day.calls ?? [];
    if (calls.length === 0) return [];
    return [
      el('h2', {}, this.#t('calls', calls.filter((call) => !call.done).length)),
      el('p', { class: 'quiet' }, this.#t('calls.why')),
      el('ol', { class: 'day-list', id: 'calls' }, ...calls.map((call) => this.#drawEntry([call]))),
    ];
  }

  #drawEntry(stop: DayVisit[]): HTMLElement {
    const first = stop[0] as DayVisit;
    const states = stop.flatMap((visit) => visit.questions.map((question) => this.#stateOf(this.#answered(visit, question), visit)));
    const worst = ['contradicted', 'refused', 'open', 'queued', 'taken'].find((state) => states.includes(state)) ?? 'taken';
    return el('li', {},
      el('a', { class: 'day-visit', href: `#${encodeURIComponent(first.caseId)}` },
        el('span', { class: 'order number' }, String(first.order)),
        el('span', {}, el('span', { class: 'place' }, first.address), el('span', { class: 'household' }, first.household),
          first.due && !first.done ? el('span', { class: 'quiet' }, first.due) : null),
        this.#tag(first.misses && worst === 'open' ? 'call' : worst)));
  }

  #drawStatus(): void {
    const queued = this.#kept.filter((answer) => answer.state === 'queued');
    const waiting = queued.filter((answer) => handsOf(answer.worker) === handsOf(this.#day.worker)).length;
    const others = queued.length - waiting;
    const button = el('button', { class: 'button second', type: 'button' }, this.#t('send'));
    button.addEventListener('click', () => void this.#send());
    this.#status.replaceChildren(
      el('span', {}, this.#t(navigator.onLine ? 'online' : 'offline')),
      el('strong', { 'data-waiting': String(waiting) }, this.#t('waiting', waiting)),
      ...(waiting > 0 && navigator.onLine && !this.#signIn ? [button] : []),
      ...(this.#signIn ? [el('a', { href: '/sign-in?returnUrl=%2Fday' }, this.#t('sign_in'))] : []),
      ...(others > 0 ? [el('span', {}, this.#t('other_worker', others))] : []),
      ...(this.#unkept ? [el('strong', { class: 'tag danger', 'data-mark': '■', role: 'alert' }, this.#t('full'))] : []));
  }

  #desk(): VisitDesk {
    return {
      day: this.#day,
      t: this.#t,
      answered: (visit, question) => this.#answered(visit, question),
      state: (answer, visit) => this.#tag(this.#stateOf(answer, visit)),
      keep: (items) => this.#keep(items),
      takeBack: (visit, question, answer) => this.#takeBack(visit, question, answer),
      drop: async (answer) => {
        await drop(answer.key);
        await this.#read();
        this.#draw(false);
      },
    };
  }

  async #takeBack(visit: DayVisit, question: DayQuestion, answer: Kept | undefined): Promise<void> {
    // A sending that is under way is waited for: what has arrived by then is taken back there.
    const dropped = answer !== undefined && await alone(async () => {
      if ((await all()).find((kept) => kept.key === answer.key)?.state !== 'queued') return false;
      await drop(answer.key);
      return true;
    });
    if (!dropped && !(await this.#put({
      key: crypto.randomUUID(), caseId: visit.caseId, version: visit.version, question: answer ? answer.item.question : question.code,
      answer: takeBack, details: null, note: null, at: new Date().toISOString(), evidence: [], attempt: null,
    }))) return;
    await this.#read();
    this.#draw(true);
    if (!dropped) await this.#send();
  }

  /** False when the phone has no room. */
  async #put(item: DayItem): Promise<boolean> {
    try {
      // An answer given again takes the place of the one that was contradicted; what the server took stays, and what takes it back.
      for (const old of this.#mine().filter((a) => a.item.caseId === item.caseId && a.item.question === item.question && a.state !== 'taken'
        && !(a.item.answer === takeBack && a.state === 'queued'))) await drop(old.key);
      await keep({ key: item.key, worker: this.#day.worker, date: this.#day.date, state: 'queued', message: '',
        item: { ...item, as: this.#day.as ?? null } });
      this.#unkept = false;
      return true;
    } catch {
      this.#unkept = true;
      this.#drawStatus();
      return false;
    }
  }

  async #keep(items: DayItem[]): Promise<void> {
    for (const item of items) if (!(await this.#put(item))) return;
    await this.#read();
    if (location.hash === '' || location.hash === '#day') this.#draw(true);
    else location.hash = '#day';
    await this.#send();
  }

  async #send(): Promise<void> {
    const sent = await send(this.#address, this.#day.worker);
    this.#signIn = sent === 'sign_in';
    await this.#read();
    // A form that someone is filling in is left alone; only the list shows states.
    if (this.#root.querySelector('form')) this.#drawStatus();
    else this.#draw(false);
  }
}

const keepPage = async (assets: string[]): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  try {
    // A worker that brought this page has put it away already; asking for it again would be one more look at people's data.
    const brought = navigator.serviceWorker.controller !== null;
    await navigator.serviceWorker.register('/sw.js', { scope: '/' });
    const ready = await navigator.serviceWorker.ready;
    ready.active?.postMessage({ assets, page: brought ? undefined : location.pathname, language: document.documentElement.lang });
    await navigator.storage?.persist?.();
  } catch {
    // Without a worker the page still works as long as it stays open; answers are kept all the same.
  }
};

export const mount = (root: HTMLElement): void => {
  void keepPage((root.dataset.keep ?? '').split(' ').filter(Boolean));
  void new Day(root).start();
};
