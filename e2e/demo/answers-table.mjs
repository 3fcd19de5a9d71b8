/** The answers of all flags for a few users, as text in columns: value and reason as an application gets them. */
export async function answersTable(client, keys, users) {
  const header = ['flag', ...users.map(({ targetingKey }) => targetingKey)];
  const rows = [];
  for (const key of keys) {
    const cells = [];
    for (const user of users) cells.push(await answer(client, key, user));
    rows.push([key, ...cells]);
  }
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Applications know the kind of a flag; a table that shows any flag has to try. */
async function answer(client, key, user) {
  const attempts = [
    () => client.getBooleanDetails(key, false, user),
    () => client.getStringDetails(key, '', user),
    () => client.getNumberDetails(key, 0, user),
    () => client.getObjectDetails(key, {}, user),
  ];
  for (const attempt of attempts) {
    const { value, reason, errorCode } = await attempt();
    if (errorCode !== 'TYPE_MISMATCH') return `${JSON.stringify(value)} (${errorCode ?? reason})`;
  }
  return 'no value';
}
