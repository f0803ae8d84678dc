// Elements without markup in strings: text is always text.

type Child = Node | string | null | undefined | false;

export const el = (name: string, attributes: Record<string, string | boolean | null | undefined> = {}, ...children: Child[]): HTMLElement => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
};

export const json = <T>(id: string): T => JSON.parse(document.getElementById(id)?.textContent ?? 'null') as T;

/** The page's texts, with numbered placeholders. */
export const words = (): ((key: string, ...args: (string | number)[]) => string) => {
  const texts = json<Record<string, string>>('day-texts');
  return (key, ...args) => args.reduce<string>((text, value, i) => text.replaceAll(`{${i}}`, String(value)), texts[`day.${key}`] ?? key);
};
