/** Takes the colours of the Cockpit at hand (its user-styles.css may have changed them) into our own tokens. */
export function takeTheme(host: HTMLElement): void {
  const probe = document.createElement('div');
  probe.hidden = true;
  const button = document.createElement('button');
  button.className = 'btn btn-primary';
  const link = document.createElement('a');
  link.href = '#';
  probe.append(button, link);
  host.append(probe);
  take(host, '--fw-primary', getComputedStyle(button).backgroundColor);
  take(host, '--fw-link', getComputedStyle(link).color);
  probe.remove();
}

function take(host: HTMLElement, token: string, colour: string): void {
  const plain = /^rgb\(\d+, \d+, \d+\)$/.test(colour);
  const unset = ['rgb(0, 0, 238)', 'rgb(239, 239, 239)', 'rgb(240, 240, 240)'].includes(colour);
  if (plain && !unset) host.style.setProperty(token, colour);
}
