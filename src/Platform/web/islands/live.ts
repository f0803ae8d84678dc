// <div data-island="live" data-source="/board/events" hx-get="/board/part" hx-trigger="live">: the server says that something
// changed, htmx fetches the part anew. The stream carries no data, so nothing personal passes outside an ordinary, logged request.
import htmx from 'htmx.org';

export const mount = (element: HTMLElement): void => {
  const address = element.dataset.source;
  if (!address) return;
  let source: EventSource | undefined;
  let waiting: number | undefined;

  const changed = (): void => {
    // Many changes at once are one refresh.
    if (waiting !== undefined) return;
    waiting = window.setTimeout(() => {
      waiting = undefined;
      if (element.isConnected) htmx.trigger(element, 'live');
      else source?.close();
    }, 400);
  };

  const open = (): void => {
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(address);
    source.addEventListener('changed', changed);
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source?.close();
    } else {
      open();
      changed();
    }
  });
  open();
};
