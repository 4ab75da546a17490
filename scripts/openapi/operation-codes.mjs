// @ts-check
import { join } from 'node:path';
import ts from 'typescript';
import { Refusal, root } from '../lib/say.mjs';

const PLACING = [
  ...['order.conflict', 'order.impossible-moment', 'order.quote-mismatch', 'order.wrong-currency'],
  ...['request.invalid', 'token.expired', 'token.invalid'],
];
/** What a placing answers as well when it says a later revision. */
const EDIT = [
  ...['order.already-completed', 'order.attribution-fixed', 'order.not-found', 'order.wrong-revision'],
  ...['order.wrong-state', 'refund.more-than-left', 'refund.more-than-paid'],
];

/**
 * One writer carries out every instruction about an order, so what each operation of it answers is told apart here. A code
 * that is new in the writer and stands nowhere here is refused.
 * @type {Record<string, string[]>}
 */
const TOLD_APART = {
  placeOrder: [...PLACING, ...EDIT],
  updateOrder: [...PLACING, ...EDIT],
  completeOrder: [
    ...['order.conflict', 'order.not-found', 'order.wrong-state', 'order.impossible-moment'],
    ...['order.paid-more-than-lines', 'refund.more-than-paid', 'request.invalid'],
  ],
  cancelOrder: ['order.already-completed', 'order.not-found', 'order.wrong-state'],
  refundOrder: [
    'order.impossible-moment',
    'order.not-found',
    'order.wrong-state',
    'refund.conflict',
    'refund.more-than-left',
    'refund.more-than-paid',
    'request.invalid',
  ],
};

/**
 * Which error codes each operation can answer, read from the code: every known code that stands in what a handler calls,
 * directly or through others. A call through an abstract class or an interface leads to every class that implements it.
 * What is thrown inside a `try` whose `catch` answers refusals in its own way does not count; codes that are only
 * compared with do not either.
 * @returns {Record<string, string[]>} by the handler's name, which is the operation's id
 */
export function operationCodes() {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram(fileNames, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(join(root, 'src/')) && !fileName.endsWith('.spec.ts'));
  const known = knownCodes(sources);
  const implementations = implementationsOf(checker, sources);
  /** @type {Map<ts.Node, { codes: Set<string>, next: Set<ts.Node> }>} */
  const facts = new Map();

  /** @type {(node: ts.Node) => { codes: Set<string>, next: Set<ts.Node> }} what stands in a body */
  const factsOf = (node) => {
    const kept = facts.get(node);
    if (kept) return kept;
    const found = { codes: /** @type {Set<string>} */ (new Set()), next: /** @type {Set<ts.Node>} */ (new Set()) };
    facts.set(node, found);
    /** @type {(child: ts.Node) => void} */
    const walk = (child) => {
      if (ts.isTypeNode(child) || ts.isDecorator(child)) return;
      if (ts.isTryStatement(child) && child.catchClause && absorbs(child.catchClause)) {
        walk(child.catchClause);
        if (child.finallyBlock) walk(child.finallyBlock);
        return;
      }
      if (ts.isStringLiteralLike(child) && known.has(child.text) && !isCompared(child)) found.codes.add(child.text);
      if (ts.isIdentifier(child)) for (const body of bodiesOf(child)) found.next.add(body);
      ts.forEachChild(child, walk);
    };
    ts.forEachChild(node, walk);
    return found;
  };

  /** @type {(name: ts.Identifier) => ts.Node[]} the bodies that a name leads to */
  const bodiesOf = (name) => {
    let symbol = checker.getSymbolAtLocation(name);
    if (symbol && ts.isShorthandPropertyAssignment(name.parent))
      symbol = checker.getShorthandAssignmentValueSymbol(name.parent) ?? symbol;
    // `({ matters }) => matters` reads the member as `it.matters` would.
    if (ts.isBindingElement(name.parent) && ts.isObjectBindingPattern(name.parent.parent))
      symbol =
        checker
          .getTypeAtLocation(name.parent.parent)
          .getProperty((name.parent.propertyName ?? name.parent.name).getText()) ?? symbol;
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    return (symbol?.declarations ?? []).flatMap((declaration) => {
      if (declaration.getSourceFile().isDeclarationFile) return [];
      if (ts.isFunctionDeclaration(declaration)) return [declaration];
      if (ts.isVariableDeclaration(declaration))
        return declaration.initializer && ts.isSourceFile(declaration.parent.parent.parent) ? [declaration] : [];
      if (ts.isClassDeclaration(declaration))
        return ts.isNewExpression(name.parent)
          ? declaration.members.filter((member) => ts.isConstructorDeclaration(member) || hasFunction(member))
          : [];
      if (!ts.isClassElement(declaration) && !ts.isTypeElement(declaration)) return [];
      const own = 'body' in declaration || hasFunction(declaration) ? [declaration] : [];
      const isAbstract = ts.isTypeElement(declaration) || !('body' in declaration) || declaration.body === undefined;
      if (!isAbstract) return own;
      const type = checker.getSymbolAtLocation(/** @type {any} */ (declaration.parent).name ?? declaration.parent);
      const memberName = declaration.name?.getText();
      return (type ? [...(implementations.get(type) ?? [])] : []).flatMap((implementing) =>
        implementing.members.filter((member) => member.name?.getText() === memberName),
      );
    });
  };

  /** @type {(handler: ts.Node) => ts.Node[]} what checks the parameters of a path, such as `@Param('id', STAFF_ID)` */
  const pipesOf = (handler) =>
    (ts.isMethodDeclaration(handler) ? handler.parameters : []).flatMap((parameter) =>
      (ts.getDecorators(parameter) ?? []).flatMap(({ expression }) =>
        (ts.isCallExpression(expression) ? expression.arguments : []).flatMap((given) =>
          ts.isIdentifier(given) ? bodiesOf(given) : [],
        ),
      ),
    );

  /** @type {(start: ts.Node) => string[]} */
  const reachable = (start) => {
    const codes = new Set();
    const seen = new Set([start, ...pipesOf(start)]);
    for (const node of seen) {
      const { codes: own, next } = factsOf(node);
      for (const code of own) codes.add(code);
      for (const body of next) seen.add(body);
    }
    return [...codes].sort();
  };

  const handlers = sources
    .filter(({ fileName }) => fileName.endsWith('.controller.ts'))
    .flatMap((source) => source.statements.filter(ts.isClassDeclaration))
    .filter((controller) => !hasDecorator(controller, ['ApiExcludeController']))
    .flatMap((controller) => controller.members.filter(ts.isMethodDeclaration))
    .filter((method) => hasDecorator(method, ['Get', 'Post', 'Put', 'Patch', 'Delete']));
  return Object.fromEntries(
    handlers
      .map(
        (method) => /** @type {const} */ ([method.name.getText(), toldApart(method.name.getText(), reachable(method))]),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** @param {string} operation @param {string[]} codes */
function toldApart(operation, codes) {
  const own = TOLD_APART[operation];
  if (!own) return codes;
  const told = new Set(Object.values(TOLD_APART).flat());
  const fresh = codes.filter((code) => !told.has(code));
  if (fresh.length > 0)
    throw new Refusal(
      `${fresh.join(', ')}: say in scripts/openapi/operation-codes.mjs which operations of orders answer it`,
    );
  return own.filter((code) => codes.includes(code)).sort();
}

/** The file of the table, and its text for these codes. @param {Record<string, string[]>} codes */
export function tableOf(codes) {
  return {
    file: join(root, 'src/api/openapi/operation-codes.ts'),
    text: `/**
 * Made by \`npm run openapi\` from what the handlers call, and checked by \`npm run check\`: the error codes that each
 * operation can answer, beside those of the edge.
 */
export const operationCodes: Readonly<Record<string, readonly string[] | undefined>> = ${JSON.stringify(codes)};
`,
  };
}

/** @param {readonly ts.SourceFile[]} sources */
function knownCodes(sources) {
  const codes = new Set();
  /** @type {(node: ts.Node) => void} */
  const walk = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) codes.add(node.name.text);
    ts.forEachChild(node, walk);
  };
  for (const source of sources)
    if (/\/(errors|domain-error|edge\.problems|readiness)\.ts$/.test(source.fileName)) walk(source);
  return codes;
}

/**
 * The classes that extend or implement a class or interface, over several steps too.
 * @param {ts.TypeChecker} checker
 * @param {readonly ts.SourceFile[]} sources
 * @returns {Map<ts.Symbol, Set<ts.ClassDeclaration>>}
 */
function implementationsOf(checker, sources) {
  const found = new Map();
  /** @type {(of: ts.ClassDeclaration, declaration: ts.Node) => void} */
  const note = (of, declaration) => {
    if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) return;
    for (const { types } of declaration.heritageClauses ?? []) {
      for (const { expression } of types) {
        let symbol = checker.getSymbolAtLocation(expression);
        if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
        if (!symbol) continue;
        found.set(symbol, (found.get(symbol) ?? new Set()).add(of));
        for (const parent of symbol.declarations ?? []) note(of, parent);
      }
    }
  };
  for (const source of sources)
    for (const statement of source.statements) if (ts.isClassDeclaration(statement)) note(statement, statement);
  return found;
}

/** @param {ts.Node} member */
function hasFunction(member) {
  const initializer = 'initializer' in member ? /** @type {ts.Node | undefined} */ (member.initializer) : undefined;
  return initializer !== undefined;
}

/** @param {ts.StringLiteralLike} literal */
function isCompared({ parent }) {
  return ts.isCaseClause(parent) || (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText()));
}

/** Whether a catch clause answers refusals itself: it does not throw them again. @param {ts.CatchClause} clause */
function absorbs(clause) {
  const name = clause.variableDeclaration?.name.getText();
  let again = false;
  /** @type {(node: ts.Node) => void} */
  const walk = (node) => {
    const isGuard = ts.isIfStatement(node) && /^!\(\w+ instanceof DomainError\)/.test(node.expression.getText());
    if (isGuard) return;
    if (ts.isThrowStatement(node) && node.expression.getText() === name) again = true;
    ts.forEachChild(node, walk);
  };
  walk(clause.block);
  return !again;
}

/** @param {ts.ClassDeclaration | ts.MethodDeclaration} node @param {string[]} names */
function hasDecorator(node, names) {
  return (ts.getDecorators(node) ?? []).some(({ expression }) =>
    names.includes((ts.isCallExpression(expression) ? expression.expression : expression).getText()),
  );
}
