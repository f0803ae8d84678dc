export const mount = (_element: HTMLElement): void => undefined;
