// <div data-island="signature"> with a canvas, a hidden input that takes the PNG, a clear button and a text field. Whoever cannot
// draw types the name: one of the two is enough, and the server is told which.

/** Draws strokes of pointer, pen or finger; <c>changed</c> is told the PNG, or an empty text when wiped. */
export const pad = (canvas: HTMLCanvasElement, changed: (png: string) => void): { clear(): void } => {
  const context = canvas.getContext('2d');
  let drawing = false;

  const size = (): void => {
    const box = canvas.getBoundingClientRect();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.max(1, Math.round(box.width * ratio));
    canvas.height = Math.max(1, Math.round(box.height * ratio));
    context?.scale(ratio, ratio);
    if (context) {
      context.lineWidth = 2.5;
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.strokeStyle = '#111';
    }
  };

  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (canvas.width === 300 || canvas.dataset.sized !== 'yes') {
      size();
      canvas.dataset.sized = 'yes';
    }
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    context?.beginPath();
    context?.moveTo(...at(event));
    event.preventDefault();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!drawing) return;
    context?.lineTo(...at(event));
    context?.stroke();
  });
  const end = (): void => {
    if (!drawing) return;
    drawing = false;
    changed(canvas.toDataURL('image/png'));
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);

  return {
    clear: () => {
      context?.clearRect(0, 0, canvas.width, canvas.height);
      changed('');
    },
  };
};

export const mount = (element: HTMLElement): void => {
  const canvas = element.querySelector('canvas');
  const image = element.querySelector<HTMLInputElement>('input[type="hidden"]');
  const clear = element.querySelector<HTMLButtonElement>('button');
  if (!canvas || !image) return;
  // Without script the canvas is useless and stays hidden; the typed name is always there.
  canvas.hidden = false;
  const drawn = pad(canvas, (png) => (image.value = png));
  if (clear) {
    clear.hidden = false;
    clear.addEventListener('click', () => drawn.clear());
  }
};
