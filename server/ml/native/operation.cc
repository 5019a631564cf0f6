#include "operation.h"

namespace lookalike {

namespace {

/** tfjs runs operations eagerly: what comes out has its shape, and nobody asks before. */
void shapesUnknown(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

}  // namespace

void registerOperation(const Operation& operation) {
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char* attribute : operation.attributes) {
    TF_OpDefinitionBuilderAddAttr(definition, attribute);
  }
  for (const char* input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, shapesUnknown);
  Status status;
  TF_RegisterOpDefinition(definition, status);
  status.check();
  TF_KernelBuilder* builder = TF_NewKernelBuilder(operation.name, "CPU", operation.create,
                                                  operation.compute, operation.destroy);
  TF_RegisterKernelBuilder(operation.name, builder, status);
  status.check();
}

}  // namespace lookalike
