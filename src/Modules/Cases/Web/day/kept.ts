// Answers live in IndexedDB from the press of the button until the server has taken them; a closed tab or an empty battery loses none.
import type { Kept } from './types';

const open = (): Promise<IDBDatabase> =>
  new Promise((done, fail) => {
    const request = indexedDB.open('legwork-day', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('answers', { keyPath: 'key' });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('no storage'));
  });

const run = async <T>(mode: IDBTransactionMode, act: (answers: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
  const base = await open();
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = base.transaction('answers', mode, { durability: 'strict' });
      const request = act(transaction.objectStore('answers'));
      // Only a completed transaction is kept; a successful request inside one that aborts later is not.
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => fail(transaction.error ?? new Error('not kept'));
    });
  } finally {
    base.close();
  }
};

/** Rejects when the phone has no room. */
export const keep = (answer: Kept): Promise<unknown> => run('readwrite', (answers) => answers.put(answer));

export const drop = (key: string): Promise<unknown> => run('readwrite', (answers) => answers.delete(key));

export const all = (): Promise<Kept[]> => run('readonly', (answers) => answers.getAll() as IDBRequest<Kept[]>);

/** What was taken on an earlier day is of no more use on the phone; what waits or was contradicted stays, however old. */
export const forgetTaken = async (today: string): Promise<void> => {
  for (const answer of await all()) if (answer.state === 'taken' && answer.date !== today) await drop(answer.key);
};
