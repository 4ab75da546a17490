import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { getMetadataStorage, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import ts from 'typescript';
import '../../src/api/api.module.js';
import { applicantForm } from '../../src/database/merchants/applicant-form.js';
import { ASSET_FORMS, REDEEMABLE_FORMS } from '../../src/shared/asset.js';
import { bankAccountForm } from '../../src/database/bank-accounts/bank-account-form.js';
import { faultInChinese } from '../../web/messages/zh-CN/faults.js';

interface Check {
  propertyName: string;
  constraints?: unknown[];
  message?: string | ((args: ValidationArguments) => string);
  constraintCls?: unknown;
}

interface Storage {
  validationMetadatas: Map<new () => object, Check[]>;
  getTargetValidatorConstraints(of: unknown): { instance: ValidatorConstraintInterface }[];
}

/** Every sentence that class-validator can say of a field of ours. */
function ofDtos(): string[] {
  const storage = getMetadataStorage() as unknown as Storage;
  return [...storage.validationMetadatas].flatMap(([target, checks]) =>
    checks.flatMap(({ propertyName: property, constraints = [], message, constraintCls }) => {
      const args = { value: undefined, constraints, targetName: target.name, object: {}, property };
      const said =
        typeof message === 'function'
          ? message(args)
          : (message ?? storage.getTargetValidatorConstraints(constraintCls)[0]?.instance.defaultMessage?.(args) ?? '');
      const [first] = constraints;
      const shown = first instanceof RegExp ? first.source : String(first);
      return said === '' ? [] : [said.replaceAll('$property', property).replaceAll('$constraint1', shown)];
    }),
  );
}

/** How a sentence about a field begins that our own code says. */
const BEGINS =
  /^(must|is|has|are|does|add up|give|comes|contradicts|cannot be|or brought|the lines add|unitPrice ×|property|\w+ and \w+ exclude)\b/;
const SAYS_FAULTS =
  /invalidFields|assertFields|FieldError|accountNumberFault|fieldFault|scopeProblem|BankingDays|TierProblem|\berrors\.push/;
/** Every sentence about a field that stands in our code; what is worked out is a 7. */
function ofCode(): string[] {
  const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' }).split('\n');
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      if (!SAYS_FAULTS.test(text)) return [];
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isStringLiteralLike(node)) found.push(node.text);
        else if (ts.isTemplateExpression(node))
          found.push(node.head.text + node.templateSpans.map(({ literal }) => `7${literal.text}`).join(''));
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
      return found.filter((said) => BEGINS.test(said) && said.includes(' '));
    });
}

const ofForms = [...Object.values(applicantForm), ...Object.values(bankAccountForm)].flatMap((field) =>
  'rule' in field ? [field.rule] : [],
);

test('whatever can be wrong with a field is said in Chinese too', () => {
  // What an asset must be is put together from the kinds of assets that there are.
  const written = ofCode().filter((said) => said !== 'must be 7');
  const ofAssets = [ASSET_FORMS, REDEEMABLE_FORMS].map((forms) => `must be ${forms}`);
  const all = [...new Set([...ofDtos(), ...written, ...ofAssets, ...ofForms.map(({ en }) => en)])];
  expect(all.length).toBeGreaterThan(150);
  expect(all.filter((said) => faultInChinese(said) === null)).toEqual([]);
});

test('a rule of the form is told as the form tells it', () => {
  expect(ofForms.map(({ en }) => [en, faultInChinese(en)])).toEqual(ofForms.map((rule) => [rule.en, rule['zh-CN']]));
});

test('what a fault names is named in Chinese too', () => {
  expect(faultInChinese('must be a whole number from 1 to 500')).toBe('请填写1至500之间的整数');
  expect(faultInChinese('roles must contain at least 1 elements')).toBe('至少1项');
  expect(faultInChinese('is not a banking day; the next is 2026-10-08')).toBe('不是银行工作日，下一个是 2026-10-08');
  expect(faultInChinese('something that nobody ever said')).toBeNull();
  expect(faultInChinese('must be something that nobody ever said')).toBeNull();
});
