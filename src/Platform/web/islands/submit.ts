// <form data-island="submit">: a second press while the first is on its way would post twice.
export const mount = (element: HTMLElement): void => {
  const form = element as HTMLFormElement;
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
  });
  // Back from the next page shows the form as it was left: it may be sent again.
  window.addEventListener('pageshow', () => delete form.dataset.sent);
};
