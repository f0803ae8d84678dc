// The one script of every page. Each island is fetched only where an element asks for it by data-island.
import 'htmx.org';

type Island = { mount(element: HTMLElement): void };

// An island is a file here or in a module's Web folder, by its name.
const files = import.meta.glob<Island>(['./*.ts', '!./main.ts', '!./sw.ts', '../../../Modules/*/Web/*.ts', '!../../../Modules/*/Web/kept.ts']);
const islands = Object.fromEntries(Object.entries(files).map(([path, load]) => [path.slice(path.lastIndexOf('/') + 1, -'.ts'.length), load]));

const mounted = new WeakSet<Element>();

const mountAll = (root: ParentNode): void => {
  for (const element of root.querySelectorAll<HTMLElement>('[data-island]')) {
    if (mounted.has(element)) continue;
    mounted.add(element);
    const load = islands[element.dataset.island ?? ''];
    void load?.().then((island) => island.mount(element));
  }
};

mountAll(document);

// An answer to a post is no page to come back to: its place in the history is the form's own.
const formAt = document.querySelector<HTMLMetaElement>('meta[name="form-at"]')?.content;
if (formAt) history.replaceState(history.state, '', formAt);

// What dropped open closes when one goes on elsewhere, or says so with Escape.
const closeDrops = (but?: EventTarget | null): void => {
  for (const drop of document.querySelectorAll<HTMLDetailsElement>('details.drop[open]'))
    if (!(but instanceof Node && drop.contains(but))) drop.open = false;
};
document.addEventListener('click', (event) => closeDrops(event.target));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeDrops();
});

document.addEventListener('htmx:after:swap', () => mountAll(document));

// Forms carry their token as a field; requests that htmx makes of its own accord carry it as a header.
document.addEventListener('htmx:config:request', (event) => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  const request = (event as CustomEvent).detail?.ctx?.request;
  if (token && request?.headers && request.method !== 'GET') request.headers['X-CSRF-TOKEN'] = token;
});
