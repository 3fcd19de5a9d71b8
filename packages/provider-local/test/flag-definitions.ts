/** A boolean flag that answers `on` to everybody. */
export function switchedTo(on: boolean): object {
  return { variations: { on: true, off: false }, defaultRule: { variation: on ? 'on' : 'off' } };
}
