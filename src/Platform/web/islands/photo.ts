// <input type="file" accept="image/*" data-island="photo">: a phone's photo is drawn anew, at most 1600 px, as JPEG. What is not
// drawn does not survive: place, time and camera in the EXIF block never leave the phone.

const sideMax = 1600;

/** A JPEG of the picture, upright, longest side at most 1600 px, without metadata. Rejects what the browser cannot decode. */
export const shrink = async (file: Blob): Promise<Blob> => {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
  if (!blob) throw new Error('not encoded');
  return blob;
};

export const dataUrl = (blob: Blob): Promise<string> =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(blob);
  });

export const mount = (element: HTMLElement): void => {
  const input = element as HTMLInputElement;
  input.addEventListener('change', () => void replace(input));
};

const replace = async (input: HTMLInputElement): Promise<void> => {
  const file = input.files?.[0];
  input.setCustomValidity('');
  if (!file) return;
  try {
    const blob = await shrink(file);
    const kept = new DataTransfer();
    kept.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
    input.files = kept.files;
    show(input, await dataUrl(blob));
  } catch {
    input.value = '';
    input.setCustomValidity(input.dataset.unreadable ?? '');
    input.reportValidity();
  }
};

const show = (input: HTMLInputElement, source: string): void => {
  let picture = input.parentElement?.querySelector<HTMLImageElement>('img.thumb');
  if (!picture) {
    picture = document.createElement('img');
    picture.className = 'thumb';
    picture.alt = input.dataset.preview ?? '';
    input.after(picture);
  }
  picture.src = source;
};
