// <div data-island="away">: stands in the place of a page that the network did not bring, under that page's address, with a field [data-here]
// for it, links [data-kept="/day"] to what may be kept on this device, [data-none] for when nothing is, and a button [data-again].

const again = (): void => (location.pathname === '/offline' ? location.assign('/') : location.reload());

const showKept = async (element: HTMLElement): Promise<void> => {
  const cache = await caches.open('legwork-pages');
  for (const place of element.querySelectorAll<HTMLElement>('[data-kept]')) {
    place.hidden = !(await cache.match(place.dataset.kept ?? ''));
    if (!place.hidden) element.querySelector('[data-none]')?.setAttribute('hidden', '');
  }
};

export const mount = (element: HTMLElement): void => {
  const here = element.querySelector('[data-here]');
  if (here) here.textContent = location.pathname;
  element.querySelector('[data-again]')?.addEventListener('click', again);
  window.addEventListener('online', again);
  void showKept(element);
};
