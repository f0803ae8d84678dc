// <form data-island="passkey" data-question="…" data-act="create|get" data-domain="…"> with hidden fields state and credential: asks
// the server for a question, has the device answer it, and sends the form. By another name than the one that keys are bound to no
// device would answer.

type Told = Record<string, unknown>;

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

const text = (buffer: ArrayBuffer | null): string | undefined => buffer === null ? undefined
  : btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const keys = (list: unknown): PublicKeyCredentialDescriptor[] =>
  ((list ?? []) as (PublicKeyCredentialDescriptor & { id: string })[]).map((key) => ({ ...key, id: bytes(key.id) }));

const make = (asked: Told, challenge: BufferSource): Promise<Credential | null> => {
  const user = asked.user as Told;
  const publicKey = { ...asked, challenge, user: { ...user, id: bytes(user.id as string) }, excludeCredentials: keys(asked.excludeCredentials) };
  return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
};

const show = (asked: Told, challenge: BufferSource): Promise<Credential | null> =>
  navigator.credentials.get({ publicKey: { ...asked, challenge, allowCredentials: keys(asked.allowCredentials) } });

const answer = async (act: string, asked: Told): Promise<Told> => {
  const challenge = bytes(asked.challenge as string);
  const made = (await (act === 'create' ? make : show)(asked, challenge)) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: {},
    response: act === 'create'
      ? {
          clientDataJSON: text(response.clientDataJSON),
          attestationObject: text(response.attestationObject),
          transports: response.getTransports?.() ?? [],
        }
      : {
          clientDataJSON: text(response.clientDataJSON),
          authenticatorData: text(response.authenticatorData),
          signature: text(response.signature),
          userHandle: text(response.userHandle),
        },
  };
};

export const mount = (element: HTMLElement): void => {
  const form = element as HTMLFormElement;
  const domain = form.dataset.domain ?? '';
  const here = location.hostname === domain || location.hostname.endsWith('.' + domain);
  if (!here || !('PublicKeyCredential' in window)) return;
  form.closest('[hidden]')?.removeAttribute('hidden');
  form.querySelector('[data-cannot]')?.remove();
  const told = form.querySelector<HTMLElement>('[data-told]');
  let going = false;

  const go = async (): Promise<void> => {
    const csrf = form.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? '';
    const question = await fetch(form.dataset.question ?? '', {
      method: 'POST',
      body: new URLSearchParams({ csrf }),
      headers: { Accept: 'application/json' },
    });
    if (question.ok) {
      const { state, options } = (await question.json()) as { state: string; options: Told };
      (form.elements.namedItem('state') as HTMLInputElement).value = state;
      (form.elements.namedItem('credential') as HTMLInputElement).value = JSON.stringify(await answer(form.dataset.act ?? '', options));
    }
    // Without a question the server says why, in its own words.
    form.submit();
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (going) return;
    going = true;
    if (told) told.hidden = true;
    // Whoever turns the device's own question down stays on the page, and may try again.
    go().catch(() => {
      going = false;
      if (told) told.hidden = false;
    });
  });
};
