"""JSON Schemas and the AsyncAPI document, made from the models.

`python -m service.contract.schema` writes them into `documents`.
"""
