// The rule halyard/layers for oxlint; the table it goes by is in layers.mjs.
import { faultOfImport } from './layers.mjs';

function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType') return true;
  const { specifiers = [] } = node;
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

function create(context) {
  const check = (node) => {
    if (typeof node.source?.value !== 'string') return;
    const fault = faultOfImport(context.filename, node.source.value, isTypeOnly(node));
    if (fault !== undefined) context.report({ node, message: fault });
  };
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    TSImportType: check,
  };
}

export default { meta: { name: 'halyard' }, rules: { layers: { meta: { schema: [] }, create } } };
