/** Levels compared by recursion, which allocates nothing; what is deeper waits in a list, so that no depth overflows. */
const RECURSIVE_LEVELS = 64;

type Pair = readonly [unknown, unknown];

/** Whether two JSON values are equal. The order of an object's properties does not matter. */
export function sameJson(left: unknown, right: unknown): boolean {
  const deeper: Pair[] = [];
  if (!same(left, right, RECURSIVE_LEVELS, deeper)) return false;
  for (let pair = deeper.pop(); pair !== undefined; pair = deeper.pop()) {
    if (!same(pair[0], pair[1], RECURSIVE_LEVELS, deeper)) return false;
  }
  return true;
}

function same(left: unknown, right: unknown, levels: number, deeper: Pair[]): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (levels === 0) {
    deeper.push([left, right]);
    return true;
  }
  const isList = Array.isArray(left);
  if (isList !== Array.isArray(right)) return false;
  return isList
    ? sameLists(left, right as readonly unknown[], levels, deeper)
    : sameObjects(left as JsonObject, right as JsonObject, levels, deeper);
}

function sameLists(left: readonly unknown[], right: readonly unknown[], levels: number, deeper: Pair[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (!same(left[index], right[index], levels - 1, deeper)) return false;
  }
  return true;
}

type JsonObject = Readonly<Record<string, unknown>>;

function sameObjects(left: JsonObject, right: JsonObject, levels: number, deeper: Pair[]): boolean {
  let properties = 0;
  for (const name in left) {
    if (!Object.hasOwn(left, name)) continue;
    properties++;
    if (!Object.hasOwn(right, name) || !same(left[name], right[name], levels - 1, deeper)) return false;
  }
  return properties === Object.keys(right).length;
}
