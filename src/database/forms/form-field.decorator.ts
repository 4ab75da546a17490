import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { fieldFault, fieldSchema, type FormField } from './form-field.js';

/** A field of the registration form: checked and documented as the form's table says. */
export function FromForm(field: FormField): PropertyDecorator {
  const schema = Object.fromEntries(
    Object.entries(fieldSchema(field)).filter(
      ([name]) => name !== 'title' && name !== 'const' && !name.startsWith('x-'),
    ),
  );
  return applyDecorators(
    ValidateBy({
      name: 'fromForm',
      validator: {
        validate: (value) => fieldFault(field, value) === null,
        defaultMessage: (args?: ValidationArguments) => fieldFault(field, args?.value) ?? '',
      },
    }),
    ApiProperty({ ...schema, required: field.required, description: field.label.en }),
  );
}
