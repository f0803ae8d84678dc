// <form data-island="submit">: a second press while the first is on its way would post twice, and one without network would end on the
// browser's own page with nothing left of what was typed.

const tellAway = (form: HTMLFormElement): void => {
  const words = document.querySelector<HTMLMetaElement>('meta[name="away"]')?.content;
  if (!words || form.querySelector('[data-away]')) return;
  const notice = document.createElement('div');
  notice.className = 'notice warn';
  notice.dataset.away = '';
  notice.setAttribute('role', 'alert');
  notice.textContent = words;
  form.append(notice);
  window.addEventListener('online', () => notice.remove(), { once: true });
};

export const mount = (element: HTMLElement): void => {
  const form = element as HTMLFormElement;
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent || !navigator.onLine) {
      event.preventDefault();
      if (!form.dataset.sent) tellAway(form);
      return;
    }
    form.dataset.sent = 'yes';
  });
  // Back from the next page shows the form as it was left: it may be sent again.
  window.addEventListener('pageshow', () => delete form.dataset.sent);
};
