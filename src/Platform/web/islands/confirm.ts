// <button data-island="confirm" data-question="…">: asks before a form that cannot be undone by pressing Back.
export const mount = (element: HTMLElement): void => {
  element.addEventListener('click', (event) => {
    const question = element.dataset.question;
    if (question && !window.confirm(question)) event.preventDefault();
  });
};
