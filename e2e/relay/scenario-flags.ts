// The flags of the scenarios.
export const flagsText: string = `
switch:
  variations: { on: true, off: false }
  targeting:
    - name: pilots
      query: email ew "@pilots.test"
      variation: on
  defaultRule: { variation: off }
  version: 1.2.3
  metadata: { owner: crew, deep: { nested: true } }
colour:
  variations: { a: blue, b: green }
  defaultRule: { percentage: { a: 50, b: 50 } }
limit:
  variations: { few: 2, many: 200.5 }
  targeting:
    - query: plan eq "pro"
      variation: many
  defaultRule: { variation: few }
theme:
  variations: { one: { deep: [1, { a: null }] } }
  defaultRule: { variation: one }
off:
  variations: { on: true }
  defaultRule: { variation: on }
  disable: true
quiet:
  trackEvents: false
  variations: { on: true }
  defaultRule: { variation: on }
timed:
  variations: { on: true, off: false }
  defaultRule: { variation: on }
  experimentation: { start: 2020-01-01T00:00:00Z, end: 2120-01-01T00:00:00Z }
who:
  variations: { anon: true, known: false }
  targeting:
    - query: anonymous eq true
      variation: anon
  defaultRule: { variation: known }
"odd key é/&+:=?#%20 (x)":
  variations: { on: true }
  defaultRule: { variation: on }
`;

/** The same flags with another default of `switch`. */
export const editedText: string = flagsText.replace('variation: off }\n  version', 'variation: on }\n  version');
