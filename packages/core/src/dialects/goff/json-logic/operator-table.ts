import type { Operator } from './json-logic-node.ts';
import { arithmeticOperators } from './operators/arithmetic-operators.ts';
import { comparisonOperators } from './operators/comparison-operators.ts';
import { elementOperators } from './operators/element-operators.ts';
import { logicOperators } from './operators/logic-operators.ts';
import { membershipOperators } from './operators/membership-operators.ts';
import { reduceOperators } from './operators/reduce-operator.ts';
import { structureOperators } from './operators/structure-operators.ts';
import { textOperators } from './operators/text-operators.ts';
import { variableOperators } from './operators/variable-operator.ts';

/** The operators of goff-evaluation §11.2. Any other name is an error. */
export const operatorTable: ReadonlyMap<string, Operator> = new Map([
  ...variableOperators,
  ...structureOperators,
  ...comparisonOperators,
  ...logicOperators,
  ...arithmeticOperators,
  ...elementOperators,
  ...reduceOperators,
  ...membershipOperators,
  ...textOperators,
]);
