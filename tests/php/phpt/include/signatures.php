<?php
/* Copyright (C) 2026 The GContacts authors, GPL-3.0-or-later */

/**
 * Tells functions and classes in a form that can be compared.
 *
 * @param  ReflectionFunction[] $functions
 * @param  ReflectionClass[]    $classes
 * @return array<string, mixed>
 */
function signatures(array $functions, array $classes): array
{
	$told = array('functions' => array(), 'classes' => array());
	foreach ($functions as $function) {
		$parameters = array();
		foreach ($function->getParameters() as $parameter) {
			$default = $parameter->isOptional() ? ' = '.var_export($parameter->getDefaultValue(), true) : '';
			$parameters[] = $parameter->getType().' $'.$parameter->getName().$default;
		}
		$told['functions'][$function->getName()] = '('.implode(', ', $parameters).'): '.$function->getReturnType();
	}
	foreach ($classes as $class) {
		$own = array();
		foreach ($class->getProperties() as $property) {
			if ($property->getDeclaringClass()->getName() === $class->getName()) {
				$own[$property->getName()] = array($property->getModifiers(), (string) $property->getType(), $property->getDefaultValue());
			}
		}
		$told['classes'][$class->getName()] = array('parent' => $class->getParentClass() ? $class->getParentClass()->getName() : '', 'properties' => $own);
	}
	ksort($told['functions']);
	ksort($told['classes']);
	return $told;
}
