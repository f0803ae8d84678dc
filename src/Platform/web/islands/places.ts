// Offers the places of the district by name. Without script or network a name, or a part of one, is typed and the server asks which.

const listId = 'places-list';
let offered: Promise<void> | undefined;

const fetchList = async (): Promise<void> => {
  const answer = await fetch('/places/choices', { headers: { Accept: 'application/json' } });
  if (!answer.ok || answer.redirected) throw new Error('no places');
  const list = document.createElement('datalist');
  list.id = listId;
  for (const [code, name] of (await answer.json()) as [string, string][]) {
    const option = document.createElement('option');
    option.value = name;
    option.label = code;
    list.append(option);
  }
  document.body.append(list);
};

/** The list comes when the field is first entered: most forms are sent without it. */
export const mount = (field: HTMLElement): void => {
  field.addEventListener('focus', () => {
    offered ??= fetchList().catch(() => void (offered = undefined));
    void offered.then(() => document.getElementById(listId) && field.setAttribute('list', listId));
  });
};
